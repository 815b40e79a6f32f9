using Compeer.Cluster.Replication;

namespace Compeer.Tests.Cluster.Replication;

public sealed class HybridLogicalClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Next_WallClockGoesOn_IsNearIt()
    {
        var clock = new HybridLogicalClock();

        Assert.Equal(HybridLogicalClock.FromWall(Noon), clock.Next(Noon));
        Assert.Equal(HybridLogicalClock.FromWall(Noon) + 1, clock.Next(Noon));
        Assert.Equal(HybridLogicalClock.FromWall(Noon.AddSeconds(1)), clock.Next(Noon.AddSeconds(1)));
    }

    [Fact]
    public void Next_WallClocksThatDifferByLessThanTheDrag_IsAboveAllGivenAndSeen()
    {
        var random = new Random(1);
        var clock = new HybridLogicalClock();
        var highest = 0UL;
        var behind = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var wall = Noon.AddMilliseconds(random.Next(-20_000, 20_000));
            if (random.Next(3) == 0)
            {
                var seen = HybridLogicalClock.FromWall(Noon.AddMilliseconds(random.Next(-20_000, 20_000)));
                clock.Observe(seen, wall);
                highest = Math.Max(highest, seen);
            }

            behind += HybridLogicalClock.FromWall(wall) <= highest ? 1 : 0;
            var next = clock.Next(wall);
            Assert.True(next > highest);
            highest = next;
        }

        Assert.InRange(behind, 1_000, 100_000);
    }

    [Fact]
    public void Next_AfterAStampAYearAhead_StaysNearTheWallClock()
    {
        var clock = new HybridLogicalClock();
        clock.Observe(HybridLogicalClock.FromWall(Noon.AddYears(1)), Noon);

        Assert.InRange(
            clock.Next(Noon),
            HybridLogicalClock.FromWall(Noon),
            HybridLogicalClock.FromWall(Noon + HybridLogicalClock.MaxDrag) + 1);
    }

    [Fact]
    public void Next_AboveAStampAYearAhead_IsAboveItOnce()
    {
        var clock = new HybridLogicalClock();
        var ahead = HybridLogicalClock.FromWall(Noon.AddYears(1));

        Assert.Equal(ahead + 1, clock.Next(Noon, above: ahead));
        Assert.InRange(clock.Next(Noon), HybridLogicalClock.FromWall(Noon), HybridLogicalClock.FromWall(Noon.AddSeconds(1)));
    }

    [Fact]
    public void Next_OwnClockSetRightAfterAYearAhead_IsRightAgain()
    {
        var clock = new HybridLogicalClock(HybridLogicalClock.FromWall(Noon.AddYears(1)));

        Assert.Equal(HybridLogicalClock.FromWall(Noon), clock.Next(Noon));
    }

    [Fact]
    public void Next_AfterARestartWithTheClockSetBackALittle_IsAboveTheMark()
    {
        var mark = HybridLogicalClock.FromWall(Noon.AddSeconds(30));

        Assert.Equal(mark + 1, new HybridLogicalClock(mark).Next(Noon));
    }

    [Fact]
    public void Next_CounterOverflows_CarriesIntoTheMilliseconds()
    {
        var clock = new HybridLogicalClock();
        clock.Observe(HybridLogicalClock.FromWall(Noon) | 0xFFFF, Noon);

        Assert.Equal(HybridLogicalClock.FromWall(Noon.AddMilliseconds(1)), clock.Next(Noon));
    }

    [Fact]
    public void Next_BeforeTheEpoch_StillRises()
    {
        var clock = new HybridLogicalClock();

        Assert.Equal(1UL, clock.Next(DateTimeOffset.MinValue));
        Assert.Equal(2UL, clock.Next(DateTimeOffset.MinValue));
    }
}
