using Compeer.Engine.Dependencies;
using Compeer.Engine.States;

namespace Compeer.Tests.Engine.Dependencies;

public sealed class HostPropagationTests
{
    /// <summary>Naemon's rule as a table: state before, state after, state of the neighbour, whether it is checked as a parent,
    /// whether as a child.</summary>
    public static TheoryData<byte, byte, byte, bool, bool> Rule
    {
        get
        {
            var rule = new TheoryData<byte, byte, byte, bool, bool>();
            for (byte before = 0; before < 3; before++)
            {
                for (byte after = 0; after < 3; after++)
                {
                    for (byte neighbour = 0; neighbour < 3; neighbour++)
                    {
                        (var asParent, var asChild) = (before, after, neighbour) switch
                        {
                            (HostState.Up, HostState.Up, _) => (false, false),
                            (HostState.Up, _, HostState.Up) => (true, true),
                            (HostState.Up, _, HostState.Down) => (false, true),
                            (_, HostState.Up, HostState.Down or HostState.Unreachable) => (true, true),
                            _ => (false, false),
                        };
                        rule.Add(before, after, neighbour, asParent, asChild);
                    }
                }
            }

            return rule;
        }
    }

    [Theory]
    [MemberData(nameof(Rule))]
    public void Wants_EveryChange_IsNaemonsRule(byte before, byte after, byte neighbour, bool asParent, bool asChild)
    {
        Assert.Equal(asParent, HostPropagation.WantsParent(before, after, neighbour));
        Assert.Equal(asChild, HostPropagation.WantsChild(before, after, neighbour));
    }

    [Fact]
    public void Children_OfEachHost_AreTheHostsThatNameIt()
    {
        var site = new TestSite().Host("a").Host("b").Host("c").Host("d").Host("e")
            .Parent("c", "a").Parent("d", "a").Parent("d", "b").Parent("e", "d");
        site.Build();
        var children = new HostChildren(site.Objects.Hosts);
        string[] Of(int host) => [.. children.Of(site.Objects.Hosts[host].Id).ToArray().Select(id => site.Objects.Hosts[id.Index].Name)];
        Assert.Equal(["c", "d"], Of(0));
        Assert.Equal(["d"], Of(1));
        Assert.Empty(Of(2));
        Assert.Equal(["e"], Of(3));
        Assert.Empty(Of(4));
    }
}
