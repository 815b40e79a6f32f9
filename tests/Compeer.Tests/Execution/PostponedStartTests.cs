using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

public sealed class PostponedStartTests
{
    private const long PerSecond = 1_000_000;
    private const int Again = 11;

    private static readonly PluginRequest Request = new(7, "/bin/true"u8.ToArray(), TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData(Again)]
    [InlineData(12)]
    [InlineData(23)]
    [InlineData(24)]
    public void TryPostpone_SystemHasNoRoom_RetriesLaterAndLaterAndEnds(int errno)
    {
        var postponed = new PostponedStart(PerSecond);
        long now = 1000;
        foreach (var delay in new[] { 20_000, 40_000, 80_000, 160_000, 320_000 })
        {
            Assert.True(postponed.TryPostpone(Request, errno, now));
            Assert.Equal((true, now + delay), (postponed.IsPending, postponed.RetryAt));
            Assert.False(postponed.TryTake(now + delay - 1, out _));
            now += delay;
            Assert.True(postponed.TryTake(now, out var taken));
            Assert.Equal(Request, taken);
            Assert.False(postponed.IsPending);
        }

        Assert.False(postponed.TryPostpone(Request, errno, now));
        Assert.False(postponed.IsPending);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(22)]
    public void TryPostpone_LastingError_IsNotRetried(int errno) =>
        Assert.False(new PostponedStart(PerSecond).TryPostpone(Request, errno, 0));

    [Fact]
    public void Reset_AfterRetries_GivesTheNextRequestAllOfThem()
    {
        var postponed = new PostponedStart(PerSecond);
        for (var request = 0; request < 3; request++)
        {
            for (var retry = 0; retry < PostponedStart.MaxRetries; retry++)
            {
                Assert.True(postponed.TryPostpone(Request, Again, 0));
                Assert.True(postponed.TryTake(long.MaxValue, out _));
            }

            Assert.False(postponed.TryPostpone(Request, Again, 0));
            postponed.Reset();
        }
    }
}
