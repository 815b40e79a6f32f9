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

    private readonly CancellationTokenSource _stop = new();
    private readonly DateTimeOffset _started = clock.GetUtcNow();
    private Task _running = Task.CompletedTask;

    /// <summary>Begins to look.</summary>
    public void Start() => _running = RunAsync();

    /// <summary>Removes who is away for too long now.</summary>
    public async Task LookAsync()
    {
        if (nodes.Current.Nodes.All(node => node.Definition.AutoDelete is null))
        {
            return;
        }

        var absent = AbsentPollers.Of(
            nodes.Current, await look(_stop.Token).ConfigureAwait(false), _started, clock.GetUtcNow()).ToList();
        foreach (var (name, away) in absent)
        {
            try
            {
                Remove(name);
                log.Warning($"poller {name} was not seen for {away.TotalSeconds:0} s: removed from {file}, as its auto_delete says");
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                log.Error($"poller {name}, which auto_delete says is to go, cannot be removed from {file}: {SystemError.Words(fault)}");
            }
        }

        if (absent.Count > 0)
        {
            nodes.Reload(out _);
        }
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                await LookAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }

    /// <summary>Takes the node's block out, under the lock that <c>mon node</c> takes, too.</summary>
    private void Remove(string name)
    {
        var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);
        var folder = Path.GetDirectoryName(target)!;
        using var open = OpenFolder.TryOpen(folder, out var problem) ?? throw new IOException(problem);
        open.TryLock();
        var edit = MerlinConfigurationEditor.RemoveNode(file, File.ReadAllBytes(target), name);
        if (edit.Content is not { } content)
        {
            throw new IOException(edit.Diagnostics[0].Message);
        }

        var unfinished = $"{folder}/.{Path.GetFileName(target)}.{Environment.ProcessId}.new";
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = File.GetUnixFileMode(target),
            };
            using (var stream = new FileStream(unfinished, options))
            {
                stream.Write(content.Span);
                stream.Flush(flushToDisk: true);
            }

            if (FileOwner.Of(target) is { } owner && owner != FileOwner.Of(unfinished) && !owner.TryGive(unfinished))
            {
                throw new UnauthorizedAccessException("it belongs to another user");
            }

            File.SetUnixFileMode(unfinished, File.GetUnixFileMode(target));
            File.Move(unfinished, target, overwrite: true);
            open.TrySync();
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
