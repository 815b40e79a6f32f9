using System.Text;
using Compeer.Cluster.Model;
using Compeer.Tests.Cluster.Division;

namespace Compeer.Tests.Cluster.Model;

/// <summary>Nodes of two versions that hash differently would own different objects: these values never change.</summary>
public sealed class StableHashTests
{
    // FNV-1a of these strings by its authors' test vectors (cbf29ce484222325, af63dc4c8601ec8c, 85944171f73967e8),
    // finalised by a program of a few lines in another language.
    [Theory]
    [InlineData("", 0xEFD0_1F60_BA99_2926)]
    [InlineData("a", 0x82A2_A958_A9BE_CE5B)]
    [InlineData("foobar", 0x2C22_1949_22D1_672B)]
    [InlineData("web-01;HTTP", 0x566E_0276_3C02_C288)]
    public void OfKey_KnownKeys_GiveTheValuesOfAllVersions(string key, ulong hash) =>
        Assert.Equal(hash, StableHash.OfKey(Encoding.UTF8.GetBytes(key)));

    [Theory]
    [InlineData(0x0, 0x0)]
    [InlineData(0x1, 0xB456_BCFC_34C2_CB2C)]
    [InlineData(0xFFFF_FFFF_FFFF_FFFF, 0x64B5_720B_4B82_5F21)]
    public void Mix_KnownValues_AreThoseOfMurmurHash3(ulong value, ulong mixed) => Assert.Equal(mixed, StableHash.Mix(value));

    [Theory]
    [InlineData(0x0, 0x1, 0xB456_BCFC_34C2_CB2C)]
    [InlineData(0x1, 0x0, 0x7D6E_4AC3_8B2B_1BE2)]
    [InlineData(0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210, 0x6F47_2657_2B9A_D304)]
    public void OfNode_KnownIds_UseBothHalves(ulong upper, ulong lower, ulong hash) =>
        Assert.Equal(hash, StableHash.OfNode(new NodeId(upper, lower)));

    [Fact]
    public void Score_OfOneNode_DoesNotPreferAnyOfTheOthersUnits()
    {
        var nodes = DivisionExample.Nodes(4).Select(node => StableHash.OfNode(node)).ToArray();
        var wins = new int[nodes.Length];
        const int Units = 40_000;
        for (var unit = 0; unit < Units; unit++)
        {
            var hash = StableHash.OfKey(Encoding.UTF8.GetBytes($"host{unit}"));
            wins[Enumerable.Range(0, nodes.Length).MaxBy(node => StableHash.Score(hash, nodes[node]))]++;
        }

        // Five standard deviations of a fair draw.
        var tolerance = 5 * Math.Sqrt(Units * 0.25 * 0.75);
        Assert.All(wins, count => Assert.InRange(count, (Units / 4) - tolerance, (Units / 4) + tolerance));
    }
}
