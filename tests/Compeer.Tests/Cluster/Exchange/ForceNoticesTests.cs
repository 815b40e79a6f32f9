using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Exchange;

public sealed class ForceNoticesTests
{
    [Theory]
    [InlineData(7, "all checks are run by the configuration 7 (other, taken up at node20) at node20; this node's, with 4 objects,")]
    [InlineData(1, "all checks are run by the configuration 1 (one, taken up at this node) at this node; that of node node20 is 1 (a")]
    public void AnotherConfiguration_WhicheverIsInForce_IsSaidHere(long number, string text)
    {
        var objects = MachineHarness.Objects(4);
        var one = new MachineHarness(
            objects with { Version = MachineHarness.Version with { Origin = MachineHarness.Self } },
            MachineHarness.Peer(MachineHarness.Large));
        var link = one.OpenSynced(MachineHarness.Large);

        one.Receive(link, new LinkFrame.Reports([MachineHarness.Report(MachineHarness.Large) with
        {
            Edges = [MachineHarness.OwnRun],
            Configuration = new ConfigurationVersion(number, number == 7 ? "other" : "a") { Origin = MachineHarness.Large },
        }]));

        Assert.Contains(one.Notices, notice => notice.StartsWith(text, StringComparison.Ordinal));
    }
}
