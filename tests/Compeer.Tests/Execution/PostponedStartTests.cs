using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

public sealed class PostponedStartTests
{
    private const long PerSecond = 1_000_000;
    private const int Again = 11;

    private static readonly PluginRequest Request = new(7, "/bin/true"u8.ToArray(), TimeSpan.FromSeconds(1), Lane.Services);

    [Fact]
    public void Postpone_AgainAndAgain_WaitsLongerUpToASecondForEver()
    {
        var postponed = new PostponedStart(PerSecond);
        long now = 1000;
        foreach (var delay in new[] { 20_000, 40_000, 80_000, 160_000, 320_000, 640_000, 1_000_000, 1_000_000, 1_000_000 })
        {
            postponed.Postpone(Request, now);
            Assert.Equal((true, now + delay), (postponed.IsPending, postponed.RetryAt));
            Assert.False(postponed.TryTake(now + delay - 1, out _));
            now += delay;
            Assert.True(postponed.TryTake(now, out var taken));
            Assert.Equal(Request, taken);
            Assert.False(postponed.IsPending);
        }
    }

    [Theory]
    [InlineData(Again, true)]
    [InlineData(12, true)]
    [InlineData(23, true)]
    [InlineData(24, true)]
    [InlineData(2, false)]
    [InlineData(7, false)]
    [InlineData(13, false)]
    [InlineData(22, false)]
    public void IsPassing_Errno_TellsWantOfRoomFromTheRest(int errno, bool passing) =>
        Assert.Equal(passing, PostponedStart.IsPassing(errno));

    [Fact]
    public void Reset_AfterRetries_BeginsWithTheShortestDelay()
    {
        var postponed = new PostponedStart(PerSecond);
        postponed.Postpone(Request, 0);
        Assert.True(postponed.TryTake(long.MaxValue, out _));
        postponed.Reset();
        postponed.Postpone(Request, 0);
        Assert.Equal(20_000, postponed.RetryAt);
    }
}
