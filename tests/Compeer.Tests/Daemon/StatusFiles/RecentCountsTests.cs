using Compeer.Daemon.StatusFiles;

namespace Compeer.Tests.Daemon.StatusFiles;

public sealed class RecentCountsTests
{
    [Fact]
    public void See_EachMinute_CountsTheLastMinutesOnly()
    {
        var counts = new RecentCounts();
        var seen = (One: 0L, Five: 0L, Fifteen: 0L);
        for (var minute = 0; minute <= 30; minute++)
        {
            seen = counts.See(TimeSpan.FromMinutes(minute), minute * 10);
        }

        Assert.Equal((10, 50, 150), seen);
    }

    [Fact]
    public void See_Seldom_TakesAShareOfWhatWasBetween()
    {
        var counts = new RecentCounts();
        Assert.Equal((0, 0, 0), counts.See(TimeSpan.FromHours(1), 700));
        Assert.Equal((10, 50, 100), counts.See(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(10), 800));
    }
}
