using Compeer.Cluster.Division;

namespace Compeer.Tests.Cluster.Division;

public sealed class DivisionUnitsTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.001)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Create_WeightThatIsNoAmountOfWork_IsRefusedByItsIndex(double weight)
    {
        var error = Assert.Throws<ArgumentException>(() => Create([0, 0, 0], [1, 1, weight]));
        Assert.Contains("Object 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(1)]
    public void Create_GroupWithoutAHead_IsRefusedByItsIndex(int group)
    {
        var error = Assert.Throws<ArgumentException>(() => Create([0, 0, group], [1, 1, 1]));
        Assert.Contains("Object 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public void Create_ListsOfDifferentLength_AreRefused(int groups, int weights) =>
        Assert.Throws<ArgumentException>(() => DivisionUnits.Create(
            Keys(3), Enumerable.Repeat(0, groups).ToArray(), Enumerable.Repeat(1.0, weights).ToArray()));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-0.0, 0)]
    [InlineData(double.Epsilon, 1)]
    [InlineData(0.000_001, 1)]
    [InlineData(0.2, 200_000)]
    [InlineData(DivisionUnits.MaximumWeight, 100_000_000_000)]
    [InlineData(double.MaxValue, 100_000_000_000)]
    public void Create_Weight_IsCountedInMillionthsUpToTheMaximum(double weight, long counted) =>
        Assert.Equal(counted, Create([0], [weight]).Weights[0]);

    [Fact]
    public void Create_ServiceBeforeItsHost_IsAccepted() => Assert.Equal(2, Create([1, 1], [1, 1]).Count);

    private static DivisionUnits Create(int[] groups, double[] weights) =>
        DivisionUnits.Create(Keys(groups.Length), groups, weights);

    private static ReadOnlyMemory<byte>[] Keys(int count) =>
        [.. Enumerable.Range(0, count).Select(i => (ReadOnlyMemory<byte>)new[] { (byte)i })];
}
