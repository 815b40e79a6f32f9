using Compeer.Objects;

namespace Compeer.Tests.Objects;

public sealed class ConfigurationTextTests
{
    [Theory]
    [InlineData(new byte[] { 0x61, 0x62 })]
    [InlineData(new byte[] { 0xC3, 0xA4, 0x20, 0xE4 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x80, 0x00, 0xED, 0xB2, 0x80 })]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x98, 0x80, 0xF0, 0x9F })]
    public void Decode_AnyBytes_EncodeGivesThemBack(byte[] bytes) =>
        Assert.Equal(bytes, ConfigurationText.Encode(ConfigurationText.Decode(bytes)));
}
