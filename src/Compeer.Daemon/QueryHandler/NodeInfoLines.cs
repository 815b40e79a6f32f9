using System.Globalization;
using System.Text;
using Compeer.Api;
using Compeer.Configuration.Nodes;

namespace Compeer.Daemon.QueryHandler;

/// <summary>The lines of <c>nodeinfo</c>: all of Merlin's keys in Merlin's order, so that what reads them by place or by name goes on to
/// work. What there is no such thing of here is 0 or empty; files that wait for a lost node, for example.</summary>
internal static class NodeInfoLines
{
    private const string NoAddress = "0.0.0.0";

    /// <summary>One line for each node, this one first.</summary>
    public static string Of(ClusterMoment moment)
    {
        var text = new StringBuilder();
        foreach (var node in moment.Status.Nodes)
        {
            text.AppendJoin(';', Pairs(moment, node).Select(pair => $"{pair.Key}={pair.Value}")).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<(string Key, string Value)> Pairs(ClusterMoment moment, NodeStatus node) =>
    [
        .. Link(moment, node), .. Process(moment, node), .. Counts(moment, node), .. Group(moment, node), .. Synchronisation(moment, node),
    ];

    private static IEnumerable<(string Key, string Value)> Link(ClusterMoment moment, NodeStatus node)
    {
        var definition = DefinitionOf(moment, node);
        var timeout = definition?.DataTimeout ?? moment.DataTimeout;
        var traffic = moment.Traffic.GetValueOrDefault(node.Name, NodeTraffic.None);
        return
        [
            ("instance_id", Number(node.Id)),
            ("name", node.Name),
            ("source_name", node.IsSelf ? "Merlin local ipc" : $"Merlin {node.Type} {node.Name}"),
            ("socket", "-1"),
            ("type", node.Type),
            ("state", StateOf(node)),
            ("peer_id", Number(Math.Max(0, node.PeerId))),
            ("flags", "0"),
            ("address", definition?.Address ?? moment.Nodes.EndPoint?.Address.ToString() ?? NoAddress),
            ("port", Number(definition?.Port ?? moment.Nodes.EndPoint?.Port ?? 0)),
            ("data_timeout", Number((long)timeout.TotalSeconds)),
            ("last_recv", Time(node.LastAlive)),
            ("last_sent", Time(node.LastAlive)),
            ("last_conn_attempt", Time(node.ConnectedSince)),
            ("last_action", Time(node.LastAlive)),
            ("latency", Number((long)Math.Round((node.LatencySeconds ?? 0) * 1000))),
            .. Zeros("binlog_size", "iocache_available"),
            ("events_sent", Number(traffic.FramesSent)),
            ("events_read", Number(traffic.FramesReceived)),
            .. Zeros("events_logged", "events_dropped"),
            ("bytes_sent", Number(traffic.BytesSent)),
            ("bytes_read", Number(traffic.BytesReceived)),
            .. Zeros("bytes_logged", "bytes_dropped"),
        ];
    }

    private static IEnumerable<(string Key, string Value)> Process(ClusterMoment moment, NodeStatus node) =>
    [
        ("version", "1"),
        ("word_size", Number(IntPtr.Size * 8)),
        ("byte_order", BitConverter.IsLittleEndian ? "1234" : "4321"),
        ("object_structure_version", "0"),
        ("start", node.StartedAt is { } at ? $"{at.ToUnixTimeSeconds()}.{at.Microsecond + (at.Millisecond * 1000)}" : "0.0"),
        ("last_cfg_change", Time(node.IsSelf ? moment.ConfigurationChangedAt : null)),
        ("config_hash", node.ConfigurationHash),
        ("expected_config_hash", moment.Status.InForce?.Hash ?? node.ConfigurationHash),
        ("self_assigned_peer_id", Number(Math.Max(0, node.PeerId))),
        ("warn_flags", "0"),
    ];

    private static IEnumerable<(string Key, string Value)> Counts(ClusterMoment moment, NodeStatus node) =>
    [
        ("active_peers", Number(node.ActivePeers)),
        ("configured_peers", Number(node.ConfiguredPeers)),
        ("active_pollers", Number(Active(moment, NodeKind.Poller))),
        ("configured_pollers", Number(Configured(moment, NodeKind.Poller))),
        ("active_masters", Number(Active(moment, NodeKind.Master))),
        ("configured_masters", Number(Configured(moment, NodeKind.Master))),
        ("host_checks_handled", Number(node.Hosts.Handled)),
        ("service_checks_handled", Number(node.Services.Handled)),
        ("host_checks_executed", Number(node.Hosts.Handled - node.Hosts.Expired)),
        ("service_checks_executed", Number(node.Services.Handled - node.Services.Expired)),
        ("monitored_object_state_size", "0"),
        ("connect_time", Time(node.ConnectedSince)),
        ("assigned_hosts", Number(node.Hosts.Handled)),
        ("assigned_services", Number(node.Services.Handled)),
        ("expired_hosts", Number(node.Hosts.Expired)),
        ("expired_services", Number(node.Services.Expired)),
    ];

    private static IEnumerable<(string Key, string Value)> Group(ClusterMoment moment, NodeStatus node)
    {
        var isOfOwnGroup = node.IsSelf || DefinitionOf(moment, node)?.Kind == NodeKind.Peer;
        var below = moment.Status.Groups.IndexOf(moment.Status.Groups.FirstOrDefault(group => group.Nodes.Contains(node.Name))!);
        return
        [
            ("pgroup_active_nodes", Number(
                isOfOwnGroup ? moment.Status.Members : below < 0 ? 0 : moment.Status.Groups[below].Active.Length)),
            ("pgroup_total_nodes", Number(isOfOwnGroup || below >= 0 ? 1 + node.ConfiguredPeers : 0)),
            ("pgroup_hosts", Number(node.Hosts.Total)),
            ("pgroup_services", Number(node.Services.Total)),
            ("pgroup_id", isOfOwnGroup ? "0" : below < 0 ? "-1" : Number(1 + below)),
            ("pgroup_hostgroups", string.Join(',', DefinitionOf(moment, node)?.HostGroups ?? [])),
        ];
    }

    private static IEnumerable<(string Key, string Value)> Synchronisation(ClusterMoment moment, NodeStatus node) =>
    [
        .. Zeros("csync_num_attempts", "csync_max_attempts", "csync_last_attempt"),
        ("csync_push_cmd", ""),
        ("csync_push_is_running", "0"),
        ("csync_fetch_cmd", ""),
        ("csync_fetch_is_running", "0"),
        ("encrypted", node.Encrypted ? "1" : "0"),
        ("uuid", UuidOf(moment, node)),
    ];

    /// <summary>What merlin.conf says; the id that its key gives it where nothing does.</summary>
    private static string UuidOf(ClusterMoment moment, NodeStatus node) =>
        (node.IsSelf ? moment.Nodes.Configuration.Uuid : DefinitionOf(moment, node)?.Uuid) ?? node.NodeKeyId;

    private static IEnumerable<(string Key, string Value)> Zeros(params IEnumerable<string> keys) => keys.Select(key => (key, "0"));

    private static NodeDefinition? DefinitionOf(ClusterMoment moment, NodeStatus node) =>
        moment.Nodes.Nodes.FirstOrDefault(known => !node.IsSelf && known.Definition.Name == node.Name)?.Definition;

    private static int Configured(ClusterMoment moment, NodeKind kind) =>
        moment.Nodes.Nodes.Count(node => node.Definition.Kind == kind);

    private static int Active(ClusterMoment moment, NodeKind kind) => moment.Status.Nodes.Count(node =>
        node.State == NodeStateName.Active && DefinitionOf(moment, node)?.Kind == kind);

    private static string StateOf(NodeStatus node) => node.State switch
    {
        NodeStateName.Down => "STATE_NONE",
        NodeStateName.Connecting => "STATE_PENDING",
        NodeStateName.Syncing when !node.IsSelf => "STATE_NEGOTIATING",
        _ => "STATE_CONNECTED",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? time) => Number(time?.ToUnixTimeSeconds() ?? 0);
}
