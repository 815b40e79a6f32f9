using Compeer.Cluster.Division;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Division;

/// <summary>
/// Who owns what in one small configuration, as a program in another language computed it from the documentation of
/// <see cref="LoadDivision"/>. Nodes of two versions share one cluster while it is upgraded: another answer than this one
/// would leave objects with two owners or none. A change of the division needs a capability bit, not another golden value.
/// </summary>
public sealed class DivisionGoldenTests
{
    private const string All =
        "2220000000001112221110001110002220002221111110002220002222222220001112221112222222222220001111111111"
        + "0000022222111111111111111111111111111111111111111111111111111111111111111111111111111111111100110000"
        + "1111002222220000112222111122220011002221210111020110020112222110101002011210110000210222210000200202"
        + "11111";

    private const string WithoutTheSecond =
        "2220000000000002222220000000002220002222222220002220002222222220002222222222222222222220002222222222"
        + "0000022222222222222200000000002222222222222220000000000222220000000000000002222200000000002200220000"
        + "2200002222220000002222220022220000002222200200020220020202222220000002000220000000220222220000200202"
        + "00000";

    private static readonly NodeId[] Nodes =
        [new(new UInt128(0x11, 0x22)), new(new UInt128(0x33, 0x44)), new(new UInt128(0x55, 0x66))];

    [Fact]
    public void Divide_KnownConfiguration_GivesTheOwnersOfAllVersions() => Assert.Equal(All, Owners(Nodes));

    [Fact]
    public void Divide_KnownConfigurationWithoutOneNode_GivesTheOwnersOfAllVersions() =>
        Assert.Equal(WithoutTheSecond, Owners([Nodes[0], Nodes[2]]));

    private static string Owners(NodeId[] active)
    {
        var hosts = Enumerable.Repeat<double[]>([1, 1, 1], 30)
            .Concat(Enumerable.Repeat<double[]>([0.2, 0.2, 0.2, 0.2, 0.2], 20))
            .Concat(Enumerable.Repeat<double[]>([0, 0], 24))
            .Append([12, .. Enumerable.Repeat(2.0, 40)])
            .Append([10, .. Enumerable.Repeat(2.0, 20)])
            .Append([4, 0, 0, 0, 4]);
        var owners = new DivisionExample("golden", hosts).Owners(Nodes, active);
        return string.Concat(owners.Select(owner => Array.IndexOf(Nodes, owner)));
    }
}
