using Compeer.Simulation.Faults;

namespace Compeer.Simulation;

/// <summary>Words for the owner of an object come to it, or end with a reason.</summary>
public sealed class RequestTests
{
    /// <summary>The new owner may not take the object before a check that is in flight elsewhere has ended, which can be longer than
    /// anything else that a request waits for.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Ask_WhileTheObjectWaitsForALongCheckElsewhere_ComesOutWhenItIsTaken(int asking)
    {
        var site = new MachineSite(seed: 3, machines: 2, objects: 40);
        var said = SaidAtAll(site);
        (var before, var next) = (site.Machines[0], site.Machines[1]);
        before.Start();
        site.RunUntil(() => before.Held.Count == 40, TimeSpan.FromSeconds(5), "the first has everything");
        before.InFlight.UnionWith(before.Held);
        next.Start();
        site.RunUntil(() => before.Held.Count == 20, TimeSpan.FromSeconds(5), "it gave up a share");
        int[] given = [.. Enumerable.Range(0, 40).Except(before.Held)];

        site.Machines[asking].Ask(given[0], "look");
        site.Run(TimeSpan.FromSeconds(30));
        Assert.Empty(next.Held);
        Assert.Empty(next.Asked);
        Array.ForEach(given, before.Write);
        site.RunUntil(() => next.Held.Count == 20, TimeSpan.FromSeconds(2), "the other takes it");

        Assert.Equal([(given[0], "look")], next.Asked);
        Assert.DoesNotContain(said, text => text.Contains("dropped", StringComparison.Ordinal));
    }

    [Fact]
    public void Ask_BeforeAnybodyTakesAShare_ComesOutAtWhoeverDoes()
    {
        var site = new MachineSite(seed: 3, machines: 2, objects: 4);
        site.Network.CutBoth(site.Machines[0], site.Machines[1]);
        site.Machines[0].Start();
        site.Run(TimeSpan.FromSeconds(1));
        Assert.Empty(site.Machines[0].Held);

        site.Machines[0].Ask(2, "look");
        site.RunUntil(() => site.Machines[0].Held.Count == 4, TimeSpan.FromSeconds(5), "it takes everything");

        Assert.Equal([(2, "look")], site.Machines[0].Asked);
    }

    /// <summary>The one in the middle is of a build that knows no requests.</summary>
    [Fact]
    public void Ask_WithNoWayToTheOwner_EndsWithTheReason()
    {
        var site = MachineSite.Line(seed: 7, machines: 3, objects: 40);
        var said = SaidAtAll(site);
        site.Machines[1].Disguise = Exploration.WithoutCapabilities;
        site.Start();

        site.Machines[0].Ask(site.Machines[2].Held.First(), "look");
        site.Run(TimeSpan.FromSeconds(9));
        Assert.DoesNotContain(said, text => text.Contains("dropped", StringComparison.Ordinal));
        site.Run(TimeSpan.FromSeconds(2));

        Assert.Single(said, text => text.Contains(
            "a request to the owner of an object was dropped: there is no way to its owner that passes requests on",
            StringComparison.Ordinal));
        Assert.Empty(site.Machines[2].Asked);
    }

    private static List<string> SaidAtAll(MachineSite site)
    {
        var said = new List<string>();
        site.Listener = said.Add;
        return said;
    }
}
