using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Cluster;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Daemon.Nodes;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Daemon.Http;

/// <summary>Adds up how the checks of all objects fare. The times are those of each object's last check, whoever ran it, as
/// livestatus has them.</summary>
internal sealed class CheckFiguresView
{
    /// <summary>A result is overdue when its check was due for longer than it may run, and this.</summary>
    private static readonly TimeSpan ExpiryMargin = TimeSpan.FromSeconds(15);

    private readonly int _most;
    private readonly ImmutableArray<OverdueCheck>.Builder _overdue = ImmutableArray.CreateBuilder<OverdueCheck>();
    private readonly Sums _hosts = new();
    private readonly Sums _services = new();

    private CheckFiguresView(int most) => _most = most;

    /// <param name="age">For how long a check has to be due to be overdue; null: until its result should be there.</param>
    /// <param name="nodes">What the nodes are called.</param>
    /// <param name="engine">The states.</param>
    /// <param name="cluster">Who owns what.</param>
    /// <param name="most">How many overdue checks are named at most.</param>
    public static CheckFigures Make(TimeSpan? age, NodeSet nodes, EngineSnapshot engine, ClusterSnapshot cluster, int most)
    {
        var view = new CheckFiguresView(most);
        var names = new NodeNames(nodes, cluster);
        string[] members = [.. cluster.Owning.Select(member => names[member])];
        for (var index = 0; index < engine.Count; index++)
        {
            var isHost = index < engine.Objects.Hosts.Length;
            CheckableDefinition definition = isHost
                ? engine.Objects.Hosts[index]
                : engine.Objects.Services[index - engine.Objects.Hosts.Length];
            var owner = index < cluster.Owners.Length && cluster.Owners[index] is >= 0 and var member ? members[member] : "";
            view.Add(definition, engine[new CheckableId(index)], owner, age, engine.TakenAt.Wall);
        }

        return new CheckFigures(view._hosts.Read(), view._services.Read(), view._overdue.ToImmutable());
    }

    /// <summary>Whether a check's result should have been there by now.</summary>
    public static bool IsExpired(CheckableDefinition definition, CheckState state, DateTimeOffset now) =>
        IsDueFor(definition.Checking.CheckTimeout + ExpiryMargin, state, now);

    private static bool IsDueFor(TimeSpan age, CheckState state, DateTimeOffset now) =>
        state.NextCheckTicks != 0 && now.UtcTicks - state.NextCheckTicks > age.Ticks;

    private void Add(CheckableDefinition definition, CheckState state, string owner, TimeSpan? age, DateTimeOffset now)
    {
        var sums = definition is HostDefinition ? _hosts : _services;
        if (state.NextCheckTicks == 0)
        {
            return;
        }

        sums.Scheduled++;
        if (definition.Checking.ActiveChecksEnabled && state.HasBeenChecked)
        {
            sums.Add(state);
        }

        if (age is { } limit ? IsDueFor(limit, state, now) : IsExpired(definition, state, now))
        {
            sums.Overdue++;
            if (_overdue.Count < _most)
            {
                _overdue.Add(Describe(definition, owner, new DateTimeOffset(state.NextCheckTicks, TimeSpan.Zero)));
            }
        }
    }

    private static OverdueCheck Describe(CheckableDefinition definition, string owner, DateTimeOffset due) => definition switch
    {
        ServiceDefinition service => new OverdueCheck(
            ConfigurationText.Readable(service.Host.Name), ConfigurationText.Readable(service.Description), owner, due),
        HostDefinition host => new OverdueCheck(ConfigurationText.Readable(host.Name), Service: null, owner, due),
        _ => throw new ArgumentOutOfRangeException(nameof(definition), definition, "nothing that is checked"),
    };

    private sealed class Sums
    {
        private int _count;
        private (long Minimum, long Sum, long Maximum) _latency = (long.MaxValue, 0, 0);
        private (long Minimum, long Sum, long Maximum) _execution = (long.MaxValue, 0, 0);

        public int Scheduled { get; set; }

        public int Overdue { get; set; }

        public void Add(CheckState state)
        {
            _count++;
            _latency = With(_latency, state.LatencyTicks);
            _execution = With(_execution, state.ExecutionTicks);
        }

        public CheckKindFigures Read() => new(Scheduled, Overdue, RangeOf(_latency), RangeOf(_execution));

        private static (long Minimum, long Sum, long Maximum) With((long Minimum, long Sum, long Maximum) all, long ticks) =>
            (Math.Min(all.Minimum, ticks), all.Sum + ticks, Math.Max(all.Maximum, ticks));

        private SecondsRange RangeOf((long Minimum, long Sum, long Maximum) all) => _count == 0
            ? new SecondsRange(0, 0, 0)
            : new SecondsRange(Seconds(all.Minimum), Seconds(all.Sum) / _count, Seconds(all.Maximum));

        private static double Seconds(long ticks) => TimeSpan.FromTicks(ticks).TotalSeconds;
    }
}
