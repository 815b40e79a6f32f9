using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Daemon.Log;
using Compeer.Daemon.Platform;

namespace Compeer.Daemon.Nodes;

/// <summary>
/// The neighbours this daemon works with. Looks at merlin.conf and the key files once a second and takes changes up
/// live; a faulty file changes nothing and is reported once. Any thread may call.
/// </summary>
internal sealed class NodeDirectory : IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly NodeFiles _files;
    private readonly DaemonLog _log;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _lock = new();
    private Action<NodeSet> _changed = _ => { };
    private NodeSet _current;
    private ImmutableArray<Diagnostic> _findings;
    private string _signature;
    private Task _watching = Task.CompletedTask;

    private NodeDirectory(
        NodeFiles files, NodeSet first, ImmutableArray<Diagnostic> findings, DaemonLog log, TimeProvider timeProvider)
    {
        _files = files;
        _current = first;
        _findings = findings;
        _log = log;
        _timeProvider = timeProvider;
        _signature = files.Signature(first);
    }

    /// <summary>The neighbours in force.</summary>
    public NodeSet Current => Volatile.Read(ref _current);

    /// <summary>Findings of the last reading.</summary>
    public ImmutableArray<Diagnostic> Findings
    {
        get
        {
            lock (_lock)
            {
                return _findings;
            }
        }
    }

    /// <exception cref="StartupException">merlin.conf has errors.</exception>
    public static NodeDirectory Open(NodeFiles files, DaemonLog log, TimeProvider timeProvider)
    {
        var first = files.Read(out var findings);
        if (first is null)
        {
            throw new StartupException($"{files.MerlinFile} has errors\n{string.Join('\n', findings)}");
        }

        var directory = new NodeDirectory(files, first, findings, log, timeProvider);
        directory.Report(NodeSet.Alone, first, findings);
        return directory;
    }

    /// <summary>Tells the neighbours for the first time and begins to look for changes.</summary>
    /// <param name="changed">Takes the neighbours, now and whenever they change.</param>
    public void Start(Action<NodeSet> changed)
    {
        lock (_lock)
        {
            _changed = changed;
            changed(_current);
        }

        _watching = WatchAsync();
    }

    /// <summary>Reads the files now. False when they have errors and the nodes known before are kept.</summary>
    public bool Reload(out ImmutableArray<Diagnostic> findings)
    {
        lock (_lock)
        {
            var read = _files.Read(out findings);
            _findings = findings;
            var before = _current;
            _signature = _files.Signature(read ?? before);
            if (read is null)
            {
                _log.Error($"{_files.MerlinFile} has errors; the nodes known before are kept");
                foreach (var finding in findings)
                {
                    _log.Information(finding.ToString());
                }

                return false;
            }

            Volatile.Write(ref _current, read);
            Report(before, read, findings);
            if (before.Configuration.PulseInterval != read.Configuration.PulseInterval)
            {
                _log.Warning("pulse_interval is changed, but taken up by a restart only (mon restart)");
            }

            _changed(read);
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _cancellation.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        _cancellation.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(LookInterval, _timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(_cancellation.Token).ConfigureAwait(false))
            {
                if (HasChanged())
                {
                    Reload(out _);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }

    private bool HasChanged()
    {
        lock (_lock)
        {
            return _files.Signature(_current) != _signature;
        }
    }

    private void Report(NodeSet before, NodeSet after, ImmutableArray<Diagnostic> findings)
    {
        foreach (var finding in findings)
        {
            _log.Information(finding.ToString());
        }

        foreach (var node in after.Nodes)
        {
            var old = before.Nodes.FirstOrDefault(known => known.Definition.Name == node.Definition.Name);
            if (old is null)
            {
                _log.Information($"node {node.Definition.Name} is configured at {node.Definition.Address}:{node.Definition.Port}");
            }

            var known = old is null ? [] : NodeWarnings.Of(_files.MerlinFile, old).Select(warning => warning.Message).ToHashSet();
            foreach (var warning in NodeWarnings.Of(_files.MerlinFile, node).Where(warning => !known.Contains(warning.Message)))
            {
                _log.Information(warning.ToString());
            }
        }

        foreach (var node in before.Nodes)
        {
            if (after.Nodes.All(known => known.Definition.Name != node.Definition.Name))
            {
                _log.Information($"node {node.Definition.Name} is no longer configured");
            }
        }
    }
}
