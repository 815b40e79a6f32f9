using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Platform;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Daemon.Http;

/// <summary>The cluster as the HTTP interface shows it: merlin.conf joined with what the cluster machine knows.</summary>
internal sealed class NodesView(DaemonIdentity self)
{
    public static string StateName(ClusterSelfState state) => state switch
    {
        ClusterSelfState.Active => NodeStateName.Active,
        ClusterSelfState.Starting => NodeStateName.Starting,
        ClusterSelfState.CatchingUp => NodeStateName.Syncing,
        ClusterSelfState.Doubting => NodeStateName.Doubting,
        ClusterSelfState.Leaving => NodeStateName.Leaving,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no such state"),
    };

    /// <param name="nodes">The neighbours of merlin.conf.</param>
    /// <param name="findings">Findings of its last reading.</param>
    /// <param name="notTakenUp">Why the files here are not what is in force; empty when they are.</param>
    /// <param name="engine">The states.</param>
    /// <param name="cluster">What the cluster machine knows.</param>
    public NodesStatus Make(
        NodeSet nodes, ImmutableArray<Diagnostic> findings, string notTakenUp, EngineSnapshot engine, ClusterSnapshot cluster)
    {
        var coverage = new Coverage(cluster);
        var names = new NodeNames(nodes, cluster);
        var shares = Count(engine, cluster, coverage);
        var list = ImmutableArray.CreateBuilder<NodeStatus>(nodes.Nodes.Length + 1);
        var groups = new NodeGroups(nodes, cluster, shares);
        list.Add(SelfStatus(cluster, shares, coverage, groups));
        foreach (var node in nodes.Nodes)
        {
            var known = node.Pin is null ? null : cluster.Nodes.FirstOrDefault(other => other.Id == node.Pin.Id);
            list.Add(StatusOf(list.Count, node, known, cluster, shares, groups));
        }

        return new NodesStatus(
            NodeNames.Self,
            cluster.Members.Length,
            groups.Own.ConfiguredPeers,
            shares.TotalHosts,
            shares.TotalServices,
            InForce(names, cluster),
            coverage.All,
            list.ToImmutable(),
            [.. Problems(findings, notTakenUp, nodes, cluster), .. PollerChecks.Blocked(nodes.Configuration, engine.Objects)])
        {
            Groups = PollerGroupsView.Of(cluster, names),
        };
    }

    private NodeStatus SelfStatus(ClusterSnapshot cluster, NodeShares shares, Coverage coverage, NodeGroups groups) => new(
        Id: 0,
        Name: NodeNames.Self,
        Type: "local",
        State: StateName(cluster.SelfState),
        IsSelf: true,
        PeerId: cluster.Members.IndexOf(cluster.Self),
        ActivePeers: groups.Own.ActivePeers,
        ConfiguredPeers: groups.Own.ConfiguredPeers,
        LatencySeconds: null,
        Encrypted: true,
        StartedAt: self.StartedAt,
        ConnectedSince: self.StartedAt,
        LastAlive: shares.TakenAt,
        Reason: null,
        NodeKeyId: cluster.Self.ToString(),
        Version: ProgramVersion.Text,
        ConfigurationHash: cluster.Version.Hash,
        ConfigurationNumber: cluster.Version.Number,
        Refused: RefusedOf(cluster.Refused, cluster),
        Unchecked: coverage.Own,
        Hosts: shares.Hosts(cluster.Members.IndexOf(cluster.Self), groups.Own.Hosts),
        Services: shares.Services(cluster.Members.IndexOf(cluster.Self), groups.Own.Services));

    private static NodeStatus StatusOf(
        int id, KnownNode node, NodeSnapshot? known, ClusterSnapshot cluster, NodeShares shares, NodeGroups groups)
    {
        var member = known is null ? -1 : cluster.Owning.IndexOf(known.Id);
        var group = groups.Of(node.Definition.Kind, node.Pin?.Id);
        return new NodeStatus(
            Id: id,
            Name: node.Definition.Name,
            Type: NodeKinds.NameOf(node.Definition.Kind),
            State: known?.State switch
            {
                NodeLinkState.Active => NodeStateName.Active,
                NodeLinkState.Syncing => NodeStateName.Syncing,
                NodeLinkState.Connecting => NodeStateName.Connecting,
                _ => NodeStateName.Down,
            },
            IsSelf: false,
            PeerId: known is null ? -1 : groups.PlaceOf(known.Id),
            ActivePeers: group.ActivePeers,
            ConfiguredPeers: group.ConfiguredPeers,
            LatencySeconds: known?.RoundTrip?.TotalSeconds / 2,
            Encrypted: known?.State is NodeLinkState.Active or NodeLinkState.Syncing,
            StartedAt: known?.Incarnation is { } started ? DateTimeOffset.FromUnixTimeMilliseconds(started) : null,
            ConnectedSince: known?.ConnectedSince,
            LastAlive: known?.LastAlive,
            Reason: known is null ? node.KeyProblem : known.Reason.Length == 0 ? null : known.Reason,
            NodeKeyId: node.Pin?.Id.ToString() ?? "",
            Version: known?.SoftwareVersion ?? "",
            ConfigurationHash: known?.ConfigurationVersion?.Hash ?? "",
            ConfigurationNumber: known?.ConfigurationVersion?.Number ?? 0,
            Refused: RefusedOf(known?.Refused, cluster),
            Unchecked: Coverage.At(known),
            Hosts: shares.Hosts(member, group.Hosts),
            Services: shares.Services(member, group.Services));
    }

    private static NodeShares Count(EngineSnapshot engine, ClusterSnapshot cluster, Coverage coverage)
    {
        // What this node does not have and nobody checks belongs to the whole; of its own it is counted already.
        (var hosts, var services) = (coverage.All.Hosts - coverage.Own.Hosts, coverage.All.Services - coverage.Own.Services);
        var shares = new NodeShares(
            cluster.Owning.Length,
            engine.Objects.Hosts.Length + Math.Max(0, hosts),
            engine.Objects.Services.Length + Math.Max(0, services),
            engine.TakenAt.Wall);
        for (var index = 0; index < cluster.Owners.Length; index++)
        {
            int owner = cluster.Owners[index];
            if (owner < 0)
            {
                continue;
            }

            var isHost = index < engine.Objects.Hosts.Length;
            CheckableDefinition definition = isHost
                ? engine.Objects.Hosts[index]
                : engine.Objects.Services[index - engine.Objects.Hosts.Length];
            shares.Add(owner, isHost, CheckFiguresView.IsExpired(definition, engine[new CheckableId(index)], engine.TakenAt.Wall));
        }

        return shares;
    }

    private static ConfigurationInForce? InForce(NodeNames names, ClusterSnapshot cluster) => cluster.InForce is not { } version
        ? null
        : new ConfigurationInForce(
            version.Number, version.Hash, names[version.Origin], [.. cluster.Members.Select(member => names[member])]);

    /// <summary>What a node does not take up, with its number when some node has it.</summary>
    private static RefusedVersion? RefusedOf(RefusedConfiguration? refused, ClusterSnapshot cluster)
    {
        if (refused is null)
        {
            return null;
        }

        var version = cluster.Nodes.Select(node => node.ConfigurationVersion).Append(cluster.Version).Append(cluster.InForce)
            .FirstOrDefault(known => known?.Hash == refused.Hash);
        return new RefusedVersion(version?.Number ?? 0, refused.Hash, ConfigurationText.Readable(refused.Reason));
    }

    private static ImmutableArray<string> Problems(
        ImmutableArray<Diagnostic> findings, string notTakenUp, NodeSet nodes, ClusterSnapshot cluster)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        problems.AddRange(findings.Select(finding => finding.ToString()));
        problems.AddRange(nodes.Nodes.Where(node => node.Pin is null).Select(node => $"{node.Definition.Name}: {node.KeyProblem}"));
        if (notTakenUp.Length > 0)
        {
            problems.Add($"{NodeNames.Self}: {notTakenUp}");
        }

        problems.AddRange(PollerGroupsView.Problems(cluster, new NodeNames(nodes, cluster)));
        problems.AddRange(cluster.TierFaults);
        if (cluster.ConfigurationNotice.Length > 0)
        {
            problems.Add(cluster.ConfigurationNotice);
        }

        return problems.ToImmutable();
    }
}
