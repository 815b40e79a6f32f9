using Compeer.Engine.Events;

namespace Compeer.Tests.Engine.Events;

public sealed class ObjectRequestCodecTests
{
    [Theory]
    [InlineData(CheckRequestReason.HostOfService, "0A020801")]
    [InlineData(CheckRequestReason.Parent, "0A020802")]
    [InlineData(CheckRequestReason.Child, "0A020803")]
    [InlineData(CheckRequestReason.DependencyMaster, "0A020804")]
    public void Check_EveryReason_BytesNeverChange(CheckRequestReason reason, string golden)
    {
        Assert.Equal(golden, Convert.ToHexString(ObjectRequestCodec.Check(reason)));
        Assert.Equal(reason, ObjectRequestCodec.Decode(ObjectRequestCodec.Check(reason)));
    }

    [Theory]
    [InlineData("0A020863", CheckRequestReason.Child)] // a reason of a later version: still a check
    [InlineData("0A0408019801", null)] // cut
    [InlineData("120101", null)] // something else
    [InlineData("", null)]
    public void Decode_WordsOfAnotherVersion_AreACheckOrNothing(string bytes, CheckRequestReason? expected) =>
        Assert.Equal(expected, ObjectRequestCodec.Decode(Convert.FromHexString(bytes)));

    [Fact]
    public void Decode_TooLong_IsNothing()
    {
        byte[] bytes = [.. ObjectRequestCodec.Check(CheckRequestReason.Parent), 0x9A, 0x06, 0x80, 0x40, .. new byte[8192]];
        Assert.Null(ObjectRequestCodec.Decode(bytes));
    }
}
