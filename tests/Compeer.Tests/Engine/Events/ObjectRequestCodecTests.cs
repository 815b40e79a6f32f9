using Compeer.Engine.Events;
using Compeer.Engine.Model;

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
        Assert.Equal(new ObjectRequest.Check(reason), ObjectRequestCodec.Decode(ObjectRequestCodec.Check(reason)));
    }

    [Theory]
    [InlineData("0A020863", CheckRequestReason.Child)] // a reason of a later version: still a check
    [InlineData("0A0408019801", null)] // cut
    [InlineData("120101", null)] // something else
    [InlineData("", null)]
    public void Decode_WordsOfAnotherVersion_AreACheckOrNothing(string bytes, CheckRequestReason? expected) =>
        Assert.Equal(
            expected is { } reason ? new ObjectRequest.Check(reason) : null, ObjectRequestCodec.Decode(Convert.FromHexString(bytes)));

    [Fact]
    public void Schedule_BytesNeverChange()
    {
        var request = new ObjectRequest.Schedule(new DateTimeOffset(300, TimeSpan.Zero), IsForced: true);
        var bytes = ObjectRequestCodec.Encode(request);
        Assert.Equal("120508AC021001", Convert.ToHexString(bytes));
        Assert.Equal(request, ObjectRequestCodec.Decode(bytes));
    }

    [Fact]
    public void Result_BytesNeverChange()
    {
        var request = new ObjectRequest.Result(2, "bad"u8.ToArray(), new DateTimeOffset(300, TimeSpan.Zero));
        var bytes = ObjectRequestCodec.Encode(request);
        Assert.Equal("1A0A0802120362616418AC02", Convert.ToHexString(bytes));
        var read = Assert.IsType<ObjectRequest.Result>(ObjectRequestCodec.Decode(bytes));
        Assert.Equal((2, "bad", request.At), (read.Code, read.Output.Text(), read.At));
    }

    [Fact]
    public void Notifications_BytesNeverChange()
    {
        (ObjectRequest Request, string Golden)[] all =
        [
            (new ObjectRequest.Notify(NotificationOptions.Forced, "ada", "hi"), "E2030B08021203616461 1A026869".Replace(" ", "")),
            (new ObjectRequest.DelayNotification(new DateTimeOffset(300, TimeSpan.Zero)), "E803AC02"),
            (new ObjectRequest.SetNotificationNumber(0), "F00300"),
        ];
        foreach ((var request, var golden) in all)
        {
            var bytes = ObjectRequestCodec.Encode(request);
            Assert.Equal(golden, Convert.ToHexString(bytes));
            Assert.Equal(request, ObjectRequestCodec.Decode(bytes));
        }
    }

    [Fact]
    public void Result_LongText_IsCutToWhatIsTaken()
    {
        var bytes = ObjectRequestCodec.Encode(new ObjectRequest.Result(0, new byte[100_000], TestClock.Epoch));
        Assert.InRange(bytes.Length, ObjectRequestCodec.LongestOutput, ObjectRequestCodec.LongestEncoding);
        Assert.NotNull(ObjectRequestCodec.Decode(bytes));
    }

    [Fact]
    public void Decode_TooLong_IsNothing()
    {
        byte[] bytes = [.. ObjectRequestCodec.Check(CheckRequestReason.Parent), 0x9A, 0x06, 0x80, 0x40, .. new byte[8192]];
        Assert.Null(ObjectRequestCodec.Decode(bytes));
    }
}
