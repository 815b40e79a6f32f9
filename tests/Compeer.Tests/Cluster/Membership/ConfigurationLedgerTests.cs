using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Membership;

/// <summary>What is taken up last is the newest, whatever files and clocks say.</summary>
public sealed class ConfigurationLedgerTests
{
    private static readonly NodeId Large = MachineHarness.Large;

    [Fact]
    public void FirstStart_HasTheFirstNumber()
    {
        var one = Start("a", DurableState.Empty);

        var version = one.View.Version;
        Assert.Equal((1L, "a", MachineHarness.Self), (version.Number, version.Hash, version.Origin));
        Assert.NotEqual(HistoryId.None, version.History);
    }

    [Fact]
    public void TakeUp_OtherFiles_IsNumberedAboveAllThatWasHeard()
    {
        var one = Start("a", DurableState.Empty);
        Hear(one, new ConfigurationVersion(41, "elsewhere"), sequence: 1);

        TakeUp(one, "older files put back");

        Assert.Equal(42, one.View.Version.Number);
        Assert.Equal(MachineHarness.Self, one.View.Version.Origin);
        Assert.Equal([MachineHarness.Self], one.View.Members.AsEnumerable());
    }

    [Fact]
    public void TakeUp_SameFilesAgain_KeepsTheNumber()
    {
        var one = Start("a", DurableState.Empty);
        TakeUp(one, "b");
        var version = one.View.Version;
        Hear(one, new ConfigurationVersion(41, "elsewhere"), sequence: 1);

        TakeUp(one, "b");

        Assert.Equal(version, one.View.Version);
        Assert.Equal([Large], one.View.Members.AsEnumerable());
    }

    [Fact]
    public void TakeUp_BackAndForth_IsNewerEachTime()
    {
        var one = Start("a", DurableState.Empty);
        var numbers = new List<long> { one.View.Version.Number };
        foreach (var hash in (string[])["b", "a", "b", "a"])
        {
            TakeUp(one, hash);
            numbers.Add(one.View.Version.Number);
        }

        Assert.Equal([1, 2, 3, 4, 5], numbers);
    }

    [Fact]
    public void Restart_SameFiles_HasTheSameVersion()
    {
        var one = Start("a", DurableState.Empty);
        TakeUp(one, "b");

        Assert.Equal(one.View.Version, Start("b", one.Disk).View.Version);
    }

    [Fact]
    public void Restart_OtherFiles_IsNewerThanAllThatWasEverHeard()
    {
        var one = Start("a", DurableState.Empty);
        Hear(one, new ConfigurationVersion(41, "elsewhere"), sequence: 1);

        Assert.Equal(42, Start("files of last month", one.Disk).View.Version.Number);
    }

    [Fact]
    public void Restart_OtherFiles_IsNewerThanWhatTheOthersTookUpMeanwhile()
    {
        var one = Start("changed while it was down", Start("a", DurableState.Empty).Disk);
        Assert.Equal(ClusterSelfState.Starting, one.View.SelfState);

        Hear(one, new ConfigurationVersion(77, "elsewhere"), sequence: 1);

        Assert.Equal(78, one.View.Version.Number);
        one.Wait(TimeSpan.FromSeconds(3.1));
        Hear(one, new ConfigurationVersion(90, "taken up later"), sequence: 2);
        Assert.Equal(78, one.View.Version.Number);
        Assert.Equal(78, one.Disk.Configuration!.Number);
    }

    [Fact]
    public void FirstStart_AmongOthers_IsNoChangeThatSomebodyMade()
    {
        var one = Start("as the package brings it", DurableState.Empty);

        Hear(one, new ConfigurationVersion(7, "elsewhere"), sequence: 1);

        Assert.Equal(1, one.View.Version.Number);
    }

    [Fact]
    public void TakeUp_KnowsWhatItWasMadeFrom()
    {
        var one = Start("a", DurableState.Empty);
        var first = one.View.Version;
        TakeUp(one, "b");
        var second = one.View.Version;
        TakeUp(one, "c");
        var third = one.View.Version;

        Assert.Equal(first.History, third.History);
        Assert.True(third.IsMadeFrom(second));
        Assert.True(third.IsMadeFrom(first));
        Assert.False(second.IsMadeFrom(third));
        Assert.Equal(third.Ancestors, Start("c", one.Disk).View.Version.Ancestors);
    }

    [Fact]
    public void SameFilesAtTwo_OneOfThemHasTheHistoryOfBoth()
    {
        var one = Start("a", DurableState.Empty);
        var theirs = new ConfigurationVersion(7, "a") { Origin = Large, History = new HistoryId(99) };

        Hear(one, theirs, sequence: 1);

        Assert.Equal(theirs, one.View.Version);
        Assert.Equal(theirs, one.Disk.Configuration);
        TakeUp(one, "b");
        Assert.Equal((8L, theirs.History), (one.View.Version.Number, one.View.Version.History));
    }

    [Fact]
    public void SameFilesAtTwo_TheSmallerHistoryCounts()
    {
        var one = Start("a", DurableState.Empty);
        var own = one.View.Version;
        Hear(one, new ConfigurationVersion(1, "a") { Origin = Large, History = new HistoryId(own.History.Value + 1) }, sequence: 1);
        Assert.Equal(own, one.View.Version);

        Hear(one, new ConfigurationVersion(1, "a") { Origin = Large, History = new HistoryId(own.History.Value - 1) }, sequence: 2);
        Assert.Equal(own.History.Value - 1, one.View.Version.History.Value);
    }

    [Fact]
    public void TwoTakenUpAtOnce_AreOrderedTheSameEverywhere()
    {
        var low = new ConfigurationVersion(2, "a") { Origin = Large };
        var high = new ConfigurationVersion(2, "b") { Origin = MachineHarness.Small };

        Assert.True(low < high);
        Assert.True(high > low);
    }

    [Fact]
    public void NoObjects_HasNoHistoryAndIsTheOldest_UntilItHasSome()
    {
        var one = Start("nothing", DurableState.Empty, objects: 0);
        Assert.Equal((0L, HistoryId.None), (one.View.Version.Number, one.View.Version.History));
        Hear(one, new ConfigurationVersion(1, "elsewhere") { Origin = Large, History = new HistoryId(99) }, sequence: 1);
        Assert.Equal([Large], one.View.Members.AsEnumerable());

        // Nothing again, then what the other has.
        TakeUp(one, "still nothing", objects: 0);
        Assert.Equal((0L, HistoryId.None), (one.View.Version.Number, one.View.Version.History));
        var theirs = new ConfigurationVersion(1, "elsewhere") { Origin = Large, History = new HistoryId(99) };
        one.Do((machine, now, effects) => machine.TakeUp(
            now, new PreparedObjects(MachineHarness.Objects(4) with { Version = theirs }), [-1, -1, -1, -1], effects));
        Assert.Equal(theirs, one.View.Version);
        Assert.Contains(one.View.Members, member => member == Large);

        // From now on it belongs to that, with nothing in it, too.
        TakeUp(one, "nothing left", objects: 0);
        Assert.Equal((2L, theirs.History), (one.View.Version.Number, one.View.Version.History));
    }

    [Fact]
    public void NoObjects_FirstOnesMadeHere_AreOfAnotherHistoryAndOverruleNobody()
    {
        var one = Start("nothing", DurableState.Empty, objects: 0);
        Hear(one, new ConfigurationVersion(1, "elsewhere") { Origin = Large, History = new HistoryId(99) }, sequence: 1);

        TakeUp(one, "first");

        Assert.NotEqual(HistoryId.None, one.View.Version.History);
        Assert.NotEqual(new HistoryId(99), one.View.Version.History);
        Assert.Equal([MachineHarness.Self], one.View.Members.AsEnumerable());
    }

    [Fact]
    public void TakeUp_OfAnotherHistory_WaitsForItsNodesAsAtAStart()
    {
        var one = Start("the sample", DurableState.Empty);
        one.Wait(TimeSpan.FromSeconds(3.1));
        Assert.Equal(ClusterSelfState.Active, one.View.SelfState);
        Assert.Equal([MachineHarness.Self], one.View.Members.AsEnumerable());
        one.Do((machine, now, effects) => machine.DialFailed(now, Large, "refused", effects));

        var pushed = new ConfigurationVersion(1, "pushed") { Origin = Large, History = new HistoryId(99) };
        one.Do((machine, now, effects) => machine.TakeUp(
            now, new PreparedObjects(MachineHarness.Objects(4) with { Version = pushed }), [0, 1, 2, 3], effects));

        Assert.Equal(pushed, one.View.Version);
        Assert.Equal(ClusterSelfState.CatchingUp, one.View.SelfState);
        Assert.Empty(one.View.Members);
        var dials = one.All.OfType<ClusterEffect.Dial>().Count();
        one.Wait(TimeSpan.FromMilliseconds(1));
        Assert.Equal(dials + 1, one.All.OfType<ClusterEffect.Dial>().Count());

        // Nobody answers.
        one.Wait(TimeSpan.FromSeconds(3.1));
        Assert.Equal([MachineHarness.Self], one.View.Members.AsEnumerable());
    }

    private static MachineHarness Start(string hash, DurableState durable, int objects = 4) => new(
        MachineHarness.Objects(objects) with { Version = ConfigurationVersion.Unnumbered(hash) }, durable, MachineHarness.Peer(Large));

    private static void Hear(MachineHarness one, ConfigurationVersion version, long sequence)
    {
        var link = one.OpenSynced(Large);
        one.Receive(link, new LinkFrame.Reports([MachineHarness.Report(Large) with
        {
            Sequence = sequence,
            Revision = sequence,
            Configuration = version.History == HistoryId.None ? version with { History = one.View.Version.History } : version,
            Edges = [MachineHarness.OwnRun],
        }]));
    }

    private static void TakeUp(MachineHarness one, string hash, int objects = 4)
    {
        var had = one.View.Owners.Length;
        one.Do((machine, now, effects) => machine.TakeUp(
            now,
            new PreparedObjects(MachineHarness.Objects(objects) with { Version = ConfigurationVersion.Unnumbered(hash) }),
            [.. Enumerable.Range(0, objects).Select(index => index < had ? index : -1)],
            effects));
    }
}
