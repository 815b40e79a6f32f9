using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Membership;

public sealed class SelfDoubtTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(20_000);
    private static readonly TimeSpan Origin = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(250, 3000, false)]
    [InlineData(2000, 3000, false)]
    [InlineData(2001, 3000, true)]
    [InlineData(5000, 20_000, false)]
    [InlineData(1500, 2000, true)]
    public void Gap_BeforeAnInput_RaisesDoubtWhenOthersMayHaveGivenUp(int milliseconds, int limitMilliseconds, bool expected)
    {
        var doubt = Doubt();

        var (gap, step) = doubt.See(After(milliseconds, milliseconds));

        Assert.Equal(expected, doubt.IsTooLong(gap, TimeSpan.FromMilliseconds(limitMilliseconds)));
        Assert.Equal(TimeSpan.Zero, step);
    }

    /// <summary>What somebody does to the clock is no time that passed; less than what others would wait for is nothing.</summary>
    [Theory]
    [InlineData(365L * 24 * 3_600_000, true)]
    [InlineData(-3_600_000, true)]
    [InlineData(1_900, false)]
    [InlineData(-1_900, false)]
    public void Step_OfTheWallClock_IsNamedAndIsNoGap(long milliseconds, bool named)
    {
        var (gap, step) = Doubt().See(After(10, 10 + milliseconds));

        Assert.Equal(TimeSpan.FromMilliseconds(10), gap);
        Assert.Equal(TimeSpan.FromMilliseconds(named ? milliseconds : 0), step);
    }

    [Fact]
    public void StoodStill_GivenUpSoonAfterTheWallClockJumped_IsAsLongAsTheJumpAndSaidOnce()
    {
        var doubt = Doubt();
        doubt.See(After(10, 60_010));

        Assert.Equal(TimeSpan.FromSeconds(60), doubt.StoodStill(Origin + TimeSpan.FromSeconds(2.9)));
        Assert.Equal(TimeSpan.Zero, doubt.StoodStill(Origin + TimeSpan.FromSeconds(2.9)));
    }

    [Fact]
    public void StoodStill_GivenUpLongAfterOrWithoutAJump_IsNot()
    {
        var doubt = Doubt();
        Assert.Equal(TimeSpan.Zero, doubt.StoodStill(Origin));
        doubt.See(After(10, 60_010));

        Assert.Equal(TimeSpan.Zero, doubt.StoodStill(Origin + TimeSpan.FromSeconds(3.1)));
    }

    [Fact]
    public void See_FirstInput_IsNoGap() => Assert.Equal(
        (TimeSpan.Zero, TimeSpan.Zero),
        new SelfDoubt(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)).See(new ClusterTime(TimeSpan.FromDays(9), Start)));

    private static SelfDoubt Doubt()
    {
        var doubt = new SelfDoubt(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
        doubt.See(new ClusterTime(Origin, Start));
        return doubt;
    }

    private static ClusterTime After(long monotonicMilliseconds, long wallMilliseconds) =>
        new(Origin + TimeSpan.FromMilliseconds(monotonicMilliseconds), Start.AddMilliseconds(wallMilliseconds));
}
