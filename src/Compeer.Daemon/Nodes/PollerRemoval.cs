using Compeer.Cluster;
using Compeer.Configuration.Nodes.Editing;
using Compeer.Daemon.Log;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Nodes;

/// <summary>Removes pollers from merlin.conf that have been away for longer than <c>auto_delete</c> says; looked at every 30 s, as Merlin
/// does.</summary>
/// <param name="nodes">The neighbours of merlin.conf.</param>
/// <param name="file">merlin.conf.</param>
/// <param name="look">Gives a view of the cluster.</param>
/// <param name="log">Says who is removed, or why not.</param>
/// <param name="clock">The clock.</param>
internal sealed class PollerRemoval(
    NodeDirectory nodes, string file, Func<CancellationToken, Task<ClusterSnapshot>> look, DaemonLog log, TimeProvider clock)
    : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly RepeatedLook _looks = new(Interval, clock);
    private readonly AbsentPollers _absent = new();
    private readonly long _started = clock.GetTimestamp();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Begins to look.</summary>
    public void Start() => _looks.Start(LookAsync);

    /// <summary>Removes who is away for too long now.</summary>
    public async Task LookAsync()
    {
        if (nodes.Current.Nodes.All(node => node.Definition.AutoDelete is null))
        {
            _absent.Forget();
            return;
        }

        var cluster = await look(_looks.Stopping).ConfigureAwait(false);
        var absent = _absent.Look(nodes.Current, cluster, clock.GetElapsedTime(_started));
        _told.IntersectWith(absent.Select(poller => poller.Name));
        var isAnyRemoved = false;
        foreach (var (name, away) in absent)
        {
            try
            {
                Remove(name);
                isAnyRemoved = true;
                log.Warning($"poller {name} was not seen for {away.TotalSeconds:0} s: removed from {file}, as its auto_delete says");
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Tell(name, $"poller {name}, which auto_delete says is to go, cannot be removed from {file}: {SystemError.Words(fault)}");
            }
        }

        if (isAnyRemoved)
        {
            nodes.Reload(out _);
        }
    }

    /// <summary>Ends it.</summary>
    public ValueTask DisposeAsync() => _looks.DisposeAsync();

    /// <summary>Says that a poller cannot be removed, once for as long as it is away.</summary>
    private void Tell(string name, string fault)
    {
        if (_told.Add(name))
        {
            log.Error(fault);
        }
    }

    /// <summary>Takes the node's block out.</summary>
    private void Remove(string name) => SharedFile.Change(file, () =>
    {
        var edit = MerlinConfigurationEditor.RemoveNode(file, File.ReadAllBytes(file), name);
        return edit.Content ?? throw new IOException(edit.Diagnostics[0].Message);
    });
}
