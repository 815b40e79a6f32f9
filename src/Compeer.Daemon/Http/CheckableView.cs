using Compeer.Api;
using Compeer.Cluster;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Daemon.Nodes;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Daemon.Http;

/// <summary>Hosts and services as the HTTP interface shows them.</summary>
internal static class CheckableView
{
    /// <summary>Never checked: a state that is only assumed is no state.</summary>
    private const string Pending = "PENDING";

    public static readonly IReadOnlyList<string> HostStates = ["UP", "DOWN", "UNREACHABLE", Pending];

    public static readonly IReadOnlyList<string> ServiceStates = ["OK", "WARNING", "CRITICAL", "UNKNOWN", Pending];

    /// <param name="engine">The hosts.</param>
    /// <param name="name">A name as this interface shows it.</param>
    public static bool HasHost(EngineSnapshot engine, string name) =>
        engine.Objects.FindHost(name) is not null
        || engine.Objects.Hosts.Any(host => ConfigurationText.Readable(host.Name) == name);

    public static IEnumerable<CheckableStatus> Hosts(
        CheckableFilter filter, NodeSet nodes, EngineSnapshot engine, ClusterSnapshot cluster)
    {
        OwnerNames owners = new(new NodeNames(nodes, cluster), cluster);
        EntryViews entries = new(engine);
        foreach (var host in engine.Objects.Hosts)
        {
            var id = CheckableId.Of(host.Id);
            var state = engine[id];
            var name = NameOf(state, HostStates);
            if (filter.Accepts(host.Name, name))
            {
                yield return entries.Add(
                    Make(host, host.Name, service: null, name, state, owners[id]), id, new ObjectName(host.Name, null)) with
                {
                    Notification = NotificationView.Of(state, ToldOf(engine, id)),
                };
            }
        }
    }

    public static IEnumerable<CheckableStatus> Services(
        CheckableFilter filter, NodeSet nodes, EngineSnapshot engine, ClusterSnapshot cluster)
    {
        OwnerNames owners = new(new NodeNames(nodes, cluster), cluster);
        EntryViews entries = new(engine);
        foreach (var service in engine.Objects.Services)
        {
            var id = CheckableId.Of(service.Id, engine.Objects);
            var state = engine[id];
            var name = NameOf(state, ServiceStates);
            if (filter.Accepts(service.Host.Name, name))
            {
                yield return entries.Add(
                    Make(service, service.Host.Name, service.Description, name, state, owners[id]),
                    id,
                    new ObjectName(service.Host.Name, service.Description)) with
                {
                    Notification = NotificationView.Of(state, ToldOf(engine, id)),
                };
            }
        }
    }

    private static NotificationState ToldOf(EngineSnapshot engine, CheckableId id) =>
        engine.Told.GetValueOrDefault(id, NotificationState.None);

    private static string NameOf(CheckState state, IReadOnlyList<string> names) =>
        state.HasBeenChecked ? names[state.State] : Pending;

    private static CheckableStatus Make(
        CheckableDefinition definition, string host, string? service, string stateName, CheckState state, string owner) => new(
        ConfigurationText.Readable(host),
        service is null ? null : ConfigurationText.Readable(service),
        stateName,
        state.IsSoft ? "SOFT" : "HARD",
        state.Attempt,
        definition.Checking.MaxCheckAttempts,
        ConfigurationText.Readable(ConfigurationText.Decode(state.Output)),
        string.Join('\n', ConfigurationText.Decode(state.LongOutput).TrimEnd('\n').Split('\n').Select(ConfigurationText.Readable)),
        ConfigurationText.Readable(ConfigurationText.Decode(state.PerformanceData)),
        TimeOf(state.LastCheckTicks),
        TimeOf(state.NextCheckTicks),
        TimeOf(state.LastStateChangeTicks),
        TimeSpan.FromTicks(state.LatencyTicks).TotalSeconds,
        TimeSpan.FromTicks(state.ExecutionTicks).TotalSeconds,
        owner,
        state.HasBeenChecked);

    private static DateTimeOffset? TimeOf(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    private sealed class OwnerNames(NodeNames names, ClusterSnapshot cluster)
    {
        private readonly string[] _names = [.. cluster.Owning.Select(member => names[member])];

        public string this[CheckableId id] => cluster.Owners[id.Index] is >= 0 and short owner ? _names[owner] : "";
    }
}
