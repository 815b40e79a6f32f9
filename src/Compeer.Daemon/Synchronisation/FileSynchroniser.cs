using System.Collections.Immutable;
using System.Diagnostics;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Daemon.Log;
using Compeer.Daemon.Nodes;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Synchronisation;

/// <summary>
/// Keeps the files and folders of the <c>sync</c> blocks of merlin.conf the same at the neighbours. A thread of its own looks at them
/// every two seconds, reads what changed, writes what comes, and gives what is asked for; the loop only hands over. Looking costs
/// at most a twentieth of a processor: where it takes longer, it is done less often.
/// </summary>
internal sealed class FileSynchroniser : IDisposable
{
    private const int ShareOfTime = 20;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TouchInterval = TimeSpan.FromSeconds(60);

    private readonly SynchroniserInbox _inbox = new();
    private readonly Dictionary<NodeId, Partner> _partners = [];
    private readonly Dictionary<(NodeId, bool, string), string> _said = [];
    private readonly SynchronisationParts _parts;
    private readonly DaemonLog _log;
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private ImmutableArray<SynchronisedPathState> _status = [];
    private long _nextLook;
    private long _nextTouch;
    private string _fault = "";
    private volatile bool _ending;

    /// <summary>Makes one that does nothing yet.</summary>
    public FileSynchroniser(SynchronisationParts parts, DaemonLog log, TimeProvider time)
    {
        (_parts, _log, _time) = (parts, log, time);
        _thread = new Thread(Run) { Name = "file synchronisation", IsBackground = true };
    }

    /// <summary>Makes one that keeps what it needs below the folder of everything that changes.</summary>
    /// <param name="paths">Where everything is.</param>
    /// <param name="loop">Is told what is wanted and what is so.</param>
    /// <param name="takePart">Takes up the part of its configuration that a master sends.</param>
    /// <param name="pollerParts">What pollers get of this node's.</param>
    /// <param name="log">Says how it goes.</param>
    public static FileSynchroniser In(
        MonitorPaths paths,
        Action<FilesInput> loop,
        Func<ReadOnlyMemory<byte>, string, Task<string>> takePart,
        PollerParts pollerParts,
        DaemonLog log)
    {
        var folder = Path.Combine(paths.VariableFolder, "sync");
        var parts = new SynchronisationParts(
            folder,
            new TreeScanner(TimeProvider.System),
            new SynchronisationRecords(Path.Combine(folder, "records")),
            new BackupFolder(Path.Combine(folder, "backup"), TimeProvider.System),
            new PathRules(paths),
            loop,
            (configuration, node) => PollerParts.FileOf(paths, configuration, node),
            takePart,
            pollerParts.OriginOf);
        return new FileSynchroniser(parts, log, TimeProvider.System);
    }

    /// <summary>How it stands with each path; any thread may ask.</summary>
    public ImmutableArray<SynchronisedPathState> Status
    {
        get
        {
            lock (_said)
            {
                return _status;
            }
        }
    }

    /// <summary>Begins to work.</summary>
    public void Start() => _thread.Start();

    /// <summary>The neighbours are these now; never waits.</summary>
    public void Follow(NodeSet nodes) => _inbox.Put(nodes);

    /// <summary>Something of the cluster that is for this part; never waits.</summary>
    public void Post(ClusterEffect effect) => _inbox.Put(effect);

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending = true;
        _inbox.Wake();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        while (!_ending)
        {
            var wait = Math.Max(0, _nextLook - Stopwatch.GetTimestamp());
            var (nodes, effects) = _inbox.Take(_partners.Count == 0 ? TimeSpan.FromMinutes(1) : Stopwatch.GetElapsedTime(0, wait));
            if (nodes is not null)
            {
                Try(() => Take(nodes));
            }

            foreach (var effect in effects)
            {
                Try(() => Take(effect));
            }

            Try(Work);
        }
    }

    /// <summary>Does a step; what its own folder does not take stops nothing, and is told of once.</summary>
    private void Try(Action step)
    {
        try
        {
            step();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var fault = $"what is known of files that are kept the same cannot be kept: {SystemError.Words(exception)}";
            if (fault != _fault)
            {
                _log.Error(fault);
            }

            _fault = fault;
            _nextLook = Math.Max(_nextLook, Stopwatch.GetTimestamp() + Stopwatch.Frequency);
        }
    }

    private void Take(NodeSet nodes)
    {
        var wanted = nodes.Nodes.Where(node => node.Pin is not null).ToDictionary(node => node.Pin!.Id, node => node.Definition);
        foreach (var gone in _partners.Keys.Where(id => !wanted.ContainsKey(id)).ToArray())
        {
            _partners.Remove(gone);
        }

        foreach (var (id, definition) in wanted)
        {
            if (_partners.TryGetValue(id, out var partner))
            {
                partner.Follow(definition, _parts.PartFileOf(nodes.Configuration, definition));
            }
            else
            {
                _partners.Add(id, new Partner(id, definition, _parts.PartFileOf(nodes.Configuration, definition), _parts));
            }
        }

        _parts.Records.KeepOnly(_partners.Values.SelectMany(partner => partner.Remembered()));
        _parts.Scanner.KeepOnly(_partners.Values.SelectMany(partner => partner.Remembered()).Select(one => one.Path)
            .ToHashSet(StringComparer.Ordinal));
        _nextLook = 0;
    }

    private void Take(ClusterEffect effect)
    {
        var now = _time.GetUtcNow();
        switch (effect)
        {
            case ClusterEffect.FilesPartner partner:
                _partners.GetValueOrDefault(partner.Neighbour)?.Follow(partner.State);
                break;
            case ClusterEffect.FilesOffered offered:
                _partners.GetValueOrDefault(offered.Neighbour)?.Incoming.Take(offered.Paths);
                break;
            case ClusterEffect.FilesReported reported:
                foreach (var report in reported.Paths)
                {
                    _partners.GetValueOrDefault(reported.Neighbour)?.Outgoing.Hear(report, now);
                }

                break;
            case ClusterEffect.Content { FilesOf: { } neighbour } piece:
                _partners.GetValueOrDefault(neighbour)?.Incoming.Take(piece, now);
                break;
            case ClusterEffect.ReadContent { FilesFor: { } neighbour } read:
                _partners.GetValueOrDefault(neighbour)?.Give(read);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, "nothing for this part");
        }
    }

    private void Work()
    {
        var now = _time.GetUtcNow();
        if (Stopwatch.GetTimestamp() >= _nextLook)
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var partner in _partners.Values)
            {
                partner.Look();
                partner.Advance(now);
            }

            var took = Stopwatch.GetElapsedTime(began);
            var pause = took * ShareOfTime > LookInterval ? took * ShareOfTime : LookInterval;
            _nextLook = Stopwatch.GetTimestamp() + (long)(pause.TotalSeconds * Stopwatch.Frequency);
        }
        else
        {
            foreach (var partner in _partners.Values)
            {
                partner.AdvanceWithNews(now);
            }
        }

        Tell(now);
    }

    /// <summary>Publishes how it stands, and says in the log what is new.</summary>
    private void Tell(DateTimeOffset now)
    {
        ImmutableArray<SynchronisedPathState> status = [.. _partners.Values.SelectMany(partner => partner.StateAt(now))];
        foreach (var state in status)
        {
            Say(state);
        }

        if (Stopwatch.GetTimestamp() >= _nextTouch)
        {
            _nextTouch = Stopwatch.GetTimestamp() + (long)(TouchInterval.TotalSeconds * Stopwatch.Frequency);
            foreach (var state in status.Where(state => state.IsInStep))
            {
                _parts.Records.Touch(state.Neighbour, state.Path, state.IsSent, now);
            }
        }

        lock (_said)
        {
            _status = status;
        }
    }

    private void Say(SynchronisedPathState state)
    {
        var partner = _partners[state.Neighbour];
        var key = (state.Neighbour, state.IsSent, state.Path);
        var said = _said.GetValueOrDefault(key, "");
        var isProblem = !state.IsInStep && partner.State == FilesPartnerState.Connected && state.Text != Partner.UnderWay;
        var text = isProblem ? state.Text : state.IsInStep ? "" : said;
        if (text == said)
        {
            return;
        }

        _said[key] = text;
        var what = $"{state.Path} {(state.IsSent ? "to" : "from")} {partner.Name}";
        if (text.Length > 0)
        {
            _log.Warning($"synchronisation of {what}: {text}");
        }
        else
        {
            _log.Information($"synchronisation of {what}: it is the same again");
        }
    }
}
