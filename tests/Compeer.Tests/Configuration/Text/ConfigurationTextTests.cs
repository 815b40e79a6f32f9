using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration.Text;

public sealed class ConfigurationTextTests
{
    [Theory]
    [InlineData(new byte[] { 0x61, 0x62 })]
    [InlineData(new byte[] { 0xC3, 0xA4, 0x20, 0xE4 })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x80, 0x00, 0xED, 0xB2, 0x80 })]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x98, 0x80, 0xF0, 0x9F })]
    public void Decode_AnyBytes_EncodeGivesThemBack(byte[] bytes) =>
        Assert.Equal(bytes, ConfigurationText.Encode(ConfigurationText.Decode(bytes)));

    [Fact]
    public void Decode_RandomBytes_EncodeGivesThemBack()
    {
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            var bytes = new byte[random.Next(600)];
            random.NextBytes(bytes);
            Assert.Equal(bytes, ConfigurationText.Encode(ConfigurationText.Decode(bytes)));
        }
    }

    /// <summary>In one test, because the compiler does not keep such characters in attributes.</summary>
    [Fact]
    public void Encode_SurrogatesThatStandForNoByte_AreQuestionMarks()
    {
        (char[] Text, string Expected)[] cases =
        [
            (['a', '\uD800', 'b'], "a?b"),
            (['\uDFFF', '\uDC00'], "??"),
            (['\uD83D', '\uDE00', '\uD83D'], "\U0001F600?"),
        ];
        Assert.All(cases, c => Assert.Equal(System.Text.Encoding.UTF8.GetBytes(c.Expected), ConfigurationText.Encode(c.Text)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("web1", "web1")]
    [InlineData("B\u00FCro \U0001F600", "B\u00FCro \U0001F600")]
    public void Readable_Unicode_IsTheSame(string text, string expected) => Assert.Equal(expected, ConfigurationText.Readable(text));

    [Theory]
    [InlineData(new byte[] { 0x42, 0xFC, 0x72, 0x6F }, "B\u00FCro")]
    [InlineData(new byte[] { 0xC3, 0xA4, 0xE4 }, "\u00E4\u00E4")]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x98, 0x80, 0xF0 }, "\U0001F600\u00F0")]
    public void Readable_BytesThatAreNoUtf8_AreReadAsLatin1(byte[] bytes, string expected) =>
        Assert.Equal(expected, ConfigurationText.Readable(ConfigurationText.Decode(bytes)));
}
