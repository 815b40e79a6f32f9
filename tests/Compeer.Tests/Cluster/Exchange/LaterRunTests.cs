using Compeer.Cluster.Exchange;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Exchange;

/// <summary>The others know of a later run of this node.</summary>
public sealed class LaterRunTests
{
    private static readonly NodeId Large = MachineHarness.Large;

    [Fact]
    public void LaterRuns_AgainAndAgain_AreAnotherNodeWithThisKey()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        for (var i = 1; i <= Lifecycle.MaxYields; i++)
        {
            Hear(one, i * 10_000);
            Assert.Equal((i * 10_000) + 1, one.View.Incarnation);
        }

        Hear(one, 90_000);
        Hear(one, 91_000);

        Assert.Equal((Lifecycle.MaxYields * 10_000) + 1, one.View.Incarnation);
        Assert.StartsWith(
            "another node uses this node's own key (0000000000000000000000000000000a) and started later",
            Assert.Single(one.Notices, notice => notice.Contains("own key", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        one.Wait(TimeSpan.FromSeconds(4));
        Assert.Equal(4, one.View.Held);
    }

    [Fact]
    public void LaterRun_AtTheEndOfWhatThereIs_LeavesThisNodeAbleToTalk()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        Hear(one, ProtocolLimits.MaxIncarnation);

        Assert.Equal(1_000, one.View.Incarnation);
    }

    [Fact]
    public void Configuration_AtTheEndOfWhatThereIs_LeavesThisNodeAbleToTalk()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);
        one.Receive(link, new LinkFrame.Reports([MachineHarness.Report(Large) with
        {
            Edges = [MachineHarness.OwnRun], Configuration = new ConfigurationVersion(ConfigurationVersion.MaxNumber, "last"),
        }]));

        var next = MachineHarness.Objects(4) with { Version = ConfigurationVersion.Unnumbered("next") };
        one.Do((machine, now, effects) => machine.TakeUp(now, new Compeer.Cluster.PreparedObjects(next), [0, 1, 2, 3], effects));

        Assert.Equal(ConfigurationVersion.MaxNumber, one.View.Version.Number);
    }

    private static void Hear(MachineHarness one, long incarnation)
    {
        var link = one.OpenSynced(Large);
        one.Receive(link, new LinkFrame.Reports([MachineHarness.Report(MachineHarness.Self) with { Incarnation = incarnation }]));
    }
}
