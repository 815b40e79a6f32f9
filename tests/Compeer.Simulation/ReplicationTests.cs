using System.Text;
using Compeer.Cluster.Model;

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
        // What they tell each other of the start is another matter.
        site.Run(TimeSpan.FromSeconds(1));
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

    [Fact]
    public void Entries_AlongALineOfThree_ArriveOnceInOrderAlsoAfterTheWriterWasKilled()
    {
        var site = MachineSite.Line(seed: 7, machines: 3, objects: 12);
        site.Start();
        var (first, last) = (site.Machines[0], site.Machines[2]);
        for (var i = 0; i < 20; i++)
        {
            first.Append($"entry {i}");
            site.Run(TimeSpan.FromMilliseconds(50));
        }

        first.Crash(silently: false);
        site.Run(TimeSpan.FromSeconds(2));
        first.Start();
        first.Append("entry 20");

        var stream = new StreamId(StreamKind.History, first.Id);
        site.RunUntil(() => last.Entries.Of(stream).Count == 21, TimeSpan.FromSeconds(10), "all entries are at the far end");
        Assert.Equal(
            Enumerable.Range(0, 21).Select(i => $"entry {i}"),
            last.Entries.Of(stream).Values.Select(entry => Encoding.UTF8.GetString(entry.Payload.Span)));
        Assert.Equal(new WriteRange(1, 21), Assert.Single(last.Entries.Load()[0].Numbers));
    }

    [Fact]
    public void Element_RemovedInALine_GoesEverywhereAndLeavesNothingBehind()
    {
        var site = MachineSite.Line(seed: 8, machines: 3, objects: 12);
        site.Start();
        var comment = new RegisterKey(RegisterKind.Comments, Encoding.UTF8.GetBytes("1"));
        var setting = new RegisterKey(RegisterKind.OperatorSettings, Encoding.UTF8.GetBytes("object 1"), 3);
        site.Machines[0].Write(comment, "down for work");
        site.Machines[0].Write(setting, "off");
        site.RunUntil(() => site.Machines[2].Told.Count == 2, TimeSpan.FromSeconds(5), "the far end has both");
        site.Machines[2].Write(comment, text: null);
        site.RunUntil(() => site.Machines[0].Machine.Read(comment) is null, TimeSpan.FromSeconds(5), "it is gone here");
        foreach (var machine in site.Machines)
        {
            machine.Write(new RegisterKey(RegisterKind.OperatorSettings, Encoding.UTF8.GetBytes(machine.Name)), "there");
        }

        site.RunUntil(
            () => site.Machines.TrueForAll(machine => machine.Machine.Storage.Tombstones == 0),
            TimeSpan.FromSeconds(60), "no tombstone is left");
        Assert.Equal("off", site.Machines[2].Told[setting]);
        Assert.Equal("off", Encoding.UTF8.GetString(site.Machines[1].Machine.Read(setting)!.Value.Span));
    }

    private static void WriteAll(MachineSite site, int objects)
    {
        for (var index = 0; index < objects; index++)
        {
            site.Machines[0].Write(index);
        }
    }
}
