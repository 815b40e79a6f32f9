namespace Compeer.Simulation;

/// <summary>What replication costs and brings, with values that a test writes.</summary>
public sealed class ReplicationTests
{
    [Fact]
    public void Reconnection_AfterALongAbsence_CostsWhatChangedNotWhatHappened()
    {
        var site = new MachineSite(seed: 4, machines: 2, objects: 2_000);
        site.Start();
        WriteAll(site, 2_000);
        site.RunUntil(site.HaveEqualValues, TimeSpan.FromSeconds(5), "both have all values");
        site.Network.CutBoth(site.Machines[0], site.Machines[1]);
        site.Run(TimeSpan.FromSeconds(5));

        // 100 rounds over 50 objects: 5,000 writes, of which 50 matter.
        for (var round = 0; round < 100; round++)
        {
            WriteAll(site, 50);
            site.Run(TimeSpan.FromMilliseconds(100));
        }

        site.Network.HealAll();
        var before = site.Network.BytesSent;
        site.RunUntil(site.HaveEqualValues, TimeSpan.FromSeconds(12), "both have all values again");

        Assert.InRange(site.Network.BytesSent - before, 1_000, 30_000);
    }

    [Fact]
    public void Start_OfAnEmptyNode_GetsEveryValueBeforeItsShare()
    {
        var site = new MachineSite(seed: 5, machines: 2, objects: 20_000);
        (var one, var other) = (site.Machines[0], site.Machines[1]);
        one.Start();
        site.Run(TimeSpan.FromSeconds(4));
        WriteAll(site, 20_000);
        other.Start();
        site.RunUntil(() => other.Held.Count > 0, TimeSpan.FromSeconds(10), "it has a share");

        Assert.All(other.Values, value => Assert.NotNull(value));
        Assert.Equal(one.Values[19_999], other.Values[19_999]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Ask_AnywhereInALineOfFour_ComesOutOnceAtTheOwner(int asking)
    {
        var site = MachineSite.Line(seed: 7, machines: 4, objects: 40);
        site.Start();
        for (var index = 0; index < 40; index++)
        {
            site.Machines[asking].Ask(index, $"about {index}");
        }

        site.Run(TimeSpan.FromSeconds(2));

        foreach (var machine in site.Machines)
        {
            Assert.NotEmpty(machine.Held);
            Assert.Equal(
                machine.Held.Select(index => (index, $"about {index}")),
                machine.Asked.OrderBy(asked => asked.Object));
        }
    }

    [Fact]
    public void Ask_WhileItsOwnerIsGone_ComesOutAtTheNextOne()
    {
        var site = MachineSite.Line(seed: 7, machines: 3, objects: 40);
        site.Start();
        var lost = site.Machines[2].Held.First();
        site.Machines[2].Crash(silently: true);
        site.Machines[0].Ask(lost, "still");

        site.Run(TimeSpan.FromSeconds(8));

        Assert.Contains(site.Running, machine => machine.Held.Contains(lost) && machine.Asked.Contains((lost, "still")));
    }

    [Fact]
    public void Writing_AtEachOfThreePeers_TakesAFrameFiveTimesASecond()
    {
        var site = new MachineSite(seed: 8, machines: 3, objects: 60);
        site.Start();
        var before = site.Network.FramesSent;
        for (var round = 0; round < 500; round++)
        {
            site.Machines.ForEach(machine => machine.Write(machine.Held.First()));
            site.Run(TimeSpan.FromMilliseconds(10));
        }

        // Each of three to each of two, in 5 s: 25 frames of updates and 5 pulses. What came from one waits for nothing and holds
        // nothing up, as the third has it from there itself.
        Assert.InRange(site.Network.FramesSent - before, 6 * 25, 6 * 36);
    }

    [Fact]
    public void Writing_AtOneEndOfALine_ReachesTheOtherBeforeItWouldBeGatheredAgain()
    {
        var site = MachineSite.Line(seed: 9, machines: 4, objects: 40);
        site.Start();
        site.Run(TimeSpan.FromSeconds(1));
        site.Machines[0].Write(site.Machines[0].Held.First());
        site.RunUntil(site.HaveEqualValues, TimeSpan.FromMilliseconds(390), "the value came from one end to the other");
    }

    private static void WriteAll(MachineSite site, int objects)
    {
        for (var index = 0; index < objects; index++)
        {
            site.Machines[0].Write(index);
        }
    }
}
