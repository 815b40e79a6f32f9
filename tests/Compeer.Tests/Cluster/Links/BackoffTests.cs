using Compeer.Cluster.Links;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Links;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 200)]
    [InlineData(4, 1600)]
    [InlineData(5, 2000)]
    [InlineData(int.MaxValue, 2000)]
    public void After_Failures_DoublesUpToTheLimitGiveOrTakeAQuarter(int failures, double milliseconds)
    {
        for (var node = 1; node < 100; node++)
        {
            var wait = Backoff.After(failures, new NodeId(7), new NodeId((UInt128)node)).TotalMilliseconds;
            Assert.InRange(wait, milliseconds * 0.75, milliseconds * 1.25);
        }
    }

    [Fact]
    public void After_DifferentNodes_Differs() => Assert.InRange(
        Enumerable.Range(1, 100).Select(node => Backoff.After(3, new NodeId((UInt128)node), new NodeId(7))).Distinct().Count(),
        50,
        100);
}
