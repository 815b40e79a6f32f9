using System.Collections.Immutable;
using Compeer.Api;

namespace Compeer.Daemon.Passive;

/// <summary>All ways in. Looks at their settings files once a second, and turns each on, off or over as its file says.</summary>
internal sealed class PassiveWays(ImmutableArray<IPassiveWay> ways, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly string[] _stamps = new string[ways.Length];
    private Task _watching = Task.CompletedTask;

    /// <summary>Those that are on, or should be.</summary>
    public ImmutableArray<PassiveWayStatus> Status => [.. ways.Select(way => way.Status).OfType<PassiveWayStatus>()];

    /// <summary>What is counted of each that is on, or was.</summary>
    public IEnumerable<(string Name, PassiveCounters Counters)> Counters =>
        ways.Where(way => way.Status is not null).Select(way => (way.Status!.Name, way.Counters));

    /// <summary>Turns on those whose settings are there, then goes on looking.</summary>
    public async Task StartAsync()
    {
        await LookAsync().ConfigureAwait(false);
        _watching = WatchAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        foreach (var way in ways)
        {
            await way.DisposeAsync().ConfigureAwait(false);
        }

        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(LookInterval, clock);
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
            {
                await LookAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }

    private async Task LookAsync()
    {
        for (var i = 0; i < ways.Length; i++)
        {
            var stamp = StampOf(ways[i].SettingsPath);
            var isChanged = stamp != _stamps[i];
            _stamps[i] = stamp;
            await ways[i].FollowAsync(isChanged).ConfigureAwait(false);
        }
    }

    private static string StampOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? $"{file.Length} {file.LastWriteTimeUtc.Ticks} {file.UnixFileMode}" : "";
    }
}
