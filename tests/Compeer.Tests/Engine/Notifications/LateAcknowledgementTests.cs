using Compeer.Engine.Events;

namespace Compeer.Tests.Engine.Notifications;

/// <summary>An acknowledgement reaches an owner that dies at once: the next one tells of it, once.</summary>
public sealed class LateAcknowledgementTests : NotificationHarness
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Acknowledgement_ThatTheFormerOwnerDidNotTellOf_IsToldByTheNext(int notify, bool isTold)
    {
        Begin(owns: false);
        var id = IdOf("web1");
        Engine.Gain(Clock.Now, [id], TimeSpan.Zero, Output);
        Result("web1", 1);
        EndAll();
        Engine.Lose(Clock.Now, [id], discardRunning: false, Output);
        Give($"ACKNOWLEDGE_HOST_PROBLEM;web1;1;{notify};0;bob;seen");
        Assert.Empty(Told);
        Engine.Gain(Clock.Now, [id], TimeSpan.Zero, Output);
        Assert.Equal(isTold ? ["ada ACKNOWLEDGEMENT web1/ 1"] : (string[])[], Told);
        EndAll();
        Engine.Lose(Clock.Now, [id], discardRunning: false, Output);
        Engine.Gain(Clock.Now, [id], TimeSpan.Zero, Output);
        Assert.Empty(Told);
    }

    [Fact]
    public void Acknowledgement_ThatWasToldOf_IsNotToldAgainByTheNext()
    {
        Begin();
        Result("web1", 1);
        EndAll();
        Give("ACKNOWLEDGE_HOST_PROBLEM;web1;1;1;0;bob;seen");
        Assert.Single(Told);
        EndAll();
        var noted = NotificationStateCodec.Decode(NotificationStateCodec.Encode(State("web1")))!;
        Assert.NotEqual(default, noted.Acknowledged);
        Engine.Lose(Clock.Now, [IdOf("web1")], discardRunning: false, Output);
        Engine.StoreTold(Clock.Now, IdOf("web1"), noted, sendsLeft: true, Output);
        Engine.Gain(Clock.Now, [IdOf("web1")], TimeSpan.Zero, Output);
        Assert.Empty(Told);
    }
}
