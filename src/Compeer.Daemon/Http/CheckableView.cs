using System.Text;
using Compeer.Api;
using Compeer.Cluster;
using Compeer.Cluster.Nodes;
using Compeer.Daemon.Nodes;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;
using Compeer.Objects.Definitions;

namespace Compeer.Daemon.Http;

/// <summary>Hosts and services as the HTTP interface shows them.</summary>
internal static class CheckableView
{
    public static readonly IReadOnlyList<string> HostStates = ["UP", "DOWN", "UNREACHABLE"];

    public static readonly IReadOnlyList<string> ServiceStates = ["OK", "WARNING", "CRITICAL", "UNKNOWN"];

    public static bool HasHost(EngineSnapshot engine, string name) => engine.Objects.FindHost(name) is not null;

    public static IEnumerable<CheckableStatus> Hosts(
        CheckableFilter filter, NodeSet nodes, EngineSnapshot engine, ClusterSnapshot cluster)
    {
        OwnerNames owners = new(nodes, cluster);
        foreach (HostDefinition host in engine.Objects.Hosts)
        {
            CheckState state = engine[new CheckableId(host.Index)];
            if (filter.Accepts(host.Name, HostStates[state.State]))
            {
                yield return Make(host, host.Name, service: null, HostStates[state.State], state, owners[host.Index]);
            }
        }
    }

    public static IEnumerable<CheckableStatus> Services(
        CheckableFilter filter, NodeSet nodes, EngineSnapshot engine, ClusterSnapshot cluster)
    {
        OwnerNames owners = new(nodes, cluster);
        int first = engine.Objects.Hosts.Length;
        foreach (ServiceDefinition service in engine.Objects.Services)
        {
            int index = first + service.Index;
            CheckState state = engine[new CheckableId(index)];
            if (filter.Accepts(service.Host.Name, ServiceStates[state.State]))
            {
                yield return Make(
                    service, service.Host.Name, service.Description, ServiceStates[state.State], state, owners[index]);
            }
        }
    }

    private static CheckableStatus Make(
        CheckableDefinition definition, string host, string? service, string stateName, CheckState state, string owner) => new(
        Printable(host),
        service is null ? null : Printable(service),
        stateName,
        state.IsSoft ? "SOFT" : "HARD",
        state.Attempt,
        definition.Checking.MaxCheckAttempts,
        Encoding.UTF8.GetString(state.Output),
        Encoding.UTF8.GetString(state.PerformanceData),
        TimeOf(state.LastCheckTicks),
        TimeOf(state.NextCheckTicks),
        TimeOf(state.LastStateChangeTicks),
        TimeSpan.FromTicks(state.LatencyTicks).TotalSeconds,
        TimeSpan.FromTicks(state.ExecutionTicks).TotalSeconds,
        owner,
        state.HasBeenChecked);

    /// <summary>JSON is Unicode: bytes of a name that are none (see ConfigurationText) show as U+FFFD.</summary>
    private static string Printable(string name) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));

    private static DateTimeOffset? TimeOf(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    private sealed class OwnerNames(NodeSet nodes, ClusterSnapshot cluster)
    {
        private readonly string[] _names = [.. cluster.Members.Select(member => NameOf(member, nodes, cluster))];

        public string this[int index] => cluster.Owners[index] is >= 0 and short owner ? _names[owner] : "";

        private static string NameOf(NodeId member, NodeSet nodes, ClusterSnapshot cluster) => member == cluster.Self
            ? NodesView.SelfName
            : nodes.Nodes.FirstOrDefault(node => node.Pin?.Id == member)?.Definition.Name
                ?? cluster.Nodes.FirstOrDefault(node => node.Id == member)?.Name
                ?? member.ToString();
    }
}
