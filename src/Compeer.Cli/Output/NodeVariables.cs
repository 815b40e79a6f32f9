using System.Globalization;
using Compeer.Api;

namespace Compeer.Cli.Output;

/// <summary>What is known of a node, as name and value: Merlin's names (of its query <c>nodeinfo</c>) where it has them.</summary>
internal static class NodeVariables
{
    /// <summary>All of them, in the order of names.</summary>
    public static IEnumerable<(string Name, string Value)> Of(NodeStatus node, ConfigurationInForce? inForce) =>
        All(node, inForce).OrderBy(pair => pair.Name, StringComparer.Ordinal);

    private static IEnumerable<(string Name, string Value)> All(NodeStatus node, ConfigurationInForce? inForce) =>
    [
        ("active_peers", Number(node.ActivePeers)),
        ("config_hash", node.ConfigurationHash),
        ("config_in_step", Flag(NodeJudgement.IsInStep(node, inForce))),
        ("config_number", Number(node.ConfigurationNumber)),
        ("config_refused", node.Refused?.Hash ?? ""),
        ("config_refused_reason", node.Refused?.Reason ?? ""),
        ("configured_peers", Number(node.ConfiguredPeers)),
        ("connect_time", Time(node.ConnectedSince)),
        ("encrypted", Flag(node.Encrypted)),
        ("expired_hosts", Number(node.Hosts.Expired)),
        ("expired_services", Number(node.Services.Expired)),
        ("host_checks_executed", Number(node.Hosts.Handled - node.Hosts.Expired)),
        ("host_checks_handled", Number(node.Hosts.Handled)),
        ("host_checks_total", Number(node.Hosts.Total)),
        ("instance_id", Number(node.Id)),
        ("key", node.NodeKeyId),
        ("last_action", Time(node.LastAlive)),
        ("latency", Number((long)Math.Round((node.LatencySeconds ?? 0) * 1000))),
        ("name", node.Name),
        ("peer_id", Number(node.PeerId)),
        ("reason", node.Reason ?? ""),
        ("service_checks_executed", Number(node.Services.Handled - node.Services.Expired)),
        ("service_checks_handled", Number(node.Services.Handled)),
        ("service_checks_total", Number(node.Services.Total)),
        ("stage", node.State),
        ("start", Time(node.StartedAt)),
        ("state", StateOf(node)),
        ("sync_in_step", Number(node.Synchronised.Count(path => path.IsInStep))),
        ("sync_paths", Number(node.Synchronised.Length)),
        ("type", node.Type),
        ("unchecked_hosts", Number(node.Unchecked.Hosts)),
        ("unchecked_services", Number(node.Unchecked.Services)),
        ("version", node.Version),
    ];

    private static string StateOf(NodeStatus node) => node.State switch
    {
        NodeStateName.Down => "STATE_NONE",
        NodeStateName.Connecting => "STATE_PENDING",
        _ => "STATE_CONNECTED",
    };

    private static string Flag(bool value) => value ? "1" : "0";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? time) => Number(time?.ToUnixTimeSeconds() ?? 0);
}
