using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster;

/// <summary>What other nodes say, in amounts that no cluster has.</summary>
public sealed class ClusterLimitTests
{
    private static readonly NodeId Large = MachineHarness.Large;

    [Fact]
    public void Reports_NamingTensOfThousandsOfNodes_DoNotEndTheLoop()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = one.OpenSynced(Large);
        NodeId[] nodes = [.. Enumerable.Range(1, 254).Select(i => new NodeId((UInt128)(1_000 + i)))];
        one.Receive(link, new LinkFrame.Reports([MachineHarness.Report(Large) with
        {
            Edges = [MachineHarness.OwnRun, .. nodes.Select(id => new Run(id, 1))],
        }]));
        foreach (var (i, node) in nodes.Index())
        {
            one.Receive(link, new LinkFrame.Reports([MachineHarness.Report(node) with
            {
                Edges = [new Run(Large, 1), .. nodes[(i + 1)..].Select(id => new Run(id, 1))],
                Configured = [.. Enumerable.Range(0, 256).Select(k => new NodeId((UInt128)(1_000_000 + (i * 256) + k)))],
            }]));
        }

        Assert.Equal(256, one.View.Members.Length);
        Assert.Equal(4, one.View.Owners.Length);
    }
}
