using Compeer.Cluster;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Execution;
using Compeer.Daemon.Log;
using Compeer.Daemon.LogReading;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Platform;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;
using Compeer.Livestatus.Scope;

namespace Compeer.Daemon.Livestatus;

/// <summary>Gives queries the moments that they see. Those that come at the same time share one, so that thousands of queries a second
/// cost the loop no more than a few views. Any thread may call.</summary>
internal sealed class MomentSource(
    DaemonIdentity self,
    DaemonLoop loop,
    NodeDirectory nodes,
    CheckExecutor executor,
    MonitoringLog log,
    LivestatusCounters counters,
    TimeProvider timeProvider) : ILivestatusSource
{
    /// <summary>How old a moment may be when a query is given it.</summary>
    private static readonly TimeSpan OldestShared = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly LogArchive _archive = new(self.Paths.VariableFolder);
    private readonly LivestatusRates _rates = new(timeProvider);
    private Task<LivestatusMoment>? _current;
    private long _takenAt;

    private volatile GraphFiles? _graphs;

    /// <summary>Looks for graphs where this configuration says that they are.</summary>
    public void Follow(LivestatusOptions options) =>
        _graphs = options.GraphFolder is { } folder ? new GraphFiles(folder) : null;

    /// <inheritdoc/>
    public Task<LivestatusMoment> TakeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var isUsable = _current is { IsFaulted: false, IsCanceled: false }
                && timeProvider.GetElapsedTime(_takenAt) <= OldestShared;
            if (!isUsable)
            {
                _takenAt = timeProvider.GetTimestamp();
                _current = MakeAsync();
            }

            return _current!.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<string?> CommandAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        var failure = await loop.CommandAsync(line, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            // Who asks now is to see what it did.
            _current = null;
        }

        return failure;
    }

    /// <inheritdoc/>
    public void RotateLog() => log.Reopen(timeProvider.GetUtcNow());

    private async Task<LivestatusMoment> MakeAsync()
    {
        (var engine, var cluster) = await loop.ViewAsync(
            (peer, now) => (peer.EngineSnapshot(now), peer.ClusterSnapshot()), CancellationToken.None).ConfigureAwait(false);
        return new LivestatusMoment(engine, FactsOf(engine, cluster));
    }

    private ProgramFacts FactsOf(EngineSnapshot engine, ClusterSnapshot cluster)
    {
        var counts = new ProgramCounts(counters.Requests, counters.Connections, executor.Started, log.Lines);
        var rates = _rates.Look(counts, engine.HostChecks.Completed, engine.ServiceChecks.Completed);
        var names = new NodeNames(nodes.Current, cluster);
        string[] members = [.. cluster.Members.Select(member => names[member])];
        string SourceOf(CheckableId id) =>
            id.Index < cluster.Owners.Length && cluster.Owners[id.Index] is >= 0 and var owner ? members[owner] : "";
        return new ProgramFacts(Environment.ProcessId, self.StartedAt, ProgramVersion.Text, counts, rates)
        {
            LastLogRotation = log.LastRotation,
            Log = _archive,
            CheckSource = SourceOf,
            HasGraph = _graphs is { } graphs ? graphs.Has : null,
        };
    }
}
