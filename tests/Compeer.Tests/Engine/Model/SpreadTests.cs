using Compeer.Engine.Model;

namespace Compeer.Tests.Engine.Model;

public sealed class SpreadTests
{
    [Fact]
    public void Fraction_ManySimilarNames_IsEven()
    {
        const int Names = 20_000;
        const int Buckets = 100;
        var counts = new int[Buckets];
        for (var number = 0; number < Names; number++)
        {
            var fraction = Spread.Fraction($"host-{number / 10:0000}", $"service {number % 10}");
            Assert.InRange(fraction, 0, 0.9999999999999999);
            counts[(int)(fraction * Buckets)]++;
        }

        // 200 expected in each; six standard deviations are 85.
        Assert.All(counts, count => Assert.InRange(count, 115, 285));
    }

    [Fact]
    public void Fraction_HostAndDescriptionRunTogether_AreToldApart() =>
        Assert.NotEqual(Spread.Fraction("ab", "c"), Spread.Fraction("a", "bc"));

    [Theory]
    [InlineData("web1", "", 0.9965959104419332)]
    [InlineData("web1", "HTTP", 0.27137131726389463)]
    public void Fraction_KnownNames_NeverChanges(string host, string description, double expected) =>
        Assert.Equal(expected, Spread.Fraction(host, description));
}
