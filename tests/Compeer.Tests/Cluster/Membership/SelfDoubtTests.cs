using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Membership;

public sealed class SelfDoubtTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(20_000);

    [Theory]
    [InlineData(250, 250, 3000, false)]
    [InlineData(2000, 2000, 3000, false)]
    [InlineData(2001, 2001, 3000, true)]
    [InlineData(5000, 5000, 20_000, false)]
    [InlineData(10, 60_000, 3000, true)] // suspended: the monotonic clock stood still
    [InlineData(10, 1_000, 3000, false)] // set forward a little
    [InlineData(10, -3_600_000, 3000, false)] // set back
    [InlineData(1500, 1500, 2000, true)]
    public void Gap_BeforeAnInput_RaisesDoubtWhenOthersMayHaveGivenUp(
        int monotonicMilliseconds, int wallMilliseconds, int limitMilliseconds, bool expected)
    {
        var doubt = new SelfDoubt(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        doubt.Gap(new ClusterTime(TimeSpan.FromHours(1), Start));

        var gap = doubt.Gap(new ClusterTime(
            TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(monotonicMilliseconds),
            Start.AddMilliseconds(wallMilliseconds)));

        Assert.Equal(expected, doubt.IsTooLong(gap, TimeSpan.FromMilliseconds(limitMilliseconds)));
    }

    [Fact]
    public void Gap_FirstInput_IsNone() => Assert.Equal(
        TimeSpan.Zero, new SelfDoubt(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)).Gap(new ClusterTime(TimeSpan.FromDays(9), Start)));
}
