using Compeer.Daemon.Loop;
using Compeer.Engine.Snapshot;

namespace Compeer.Daemon.Livestatus;

/// <summary>Gives queries the moments that they see. Those that come at the same time share one, so that thousands of queries a second
/// cost the loop no more than a few views. Any thread may call.</summary>
internal sealed class SnapshotSource(DaemonLoop loop, TimeProvider timeProvider)
{
    /// <summary>How old a moment may be when a query is given it.</summary>
    private static readonly TimeSpan OldestShared = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private Task<EngineSnapshot>? _current;
    private long _takenAt;

    /// <summary>A moment not older than the last command of a client, and hardly older than now.</summary>
    /// <exception cref="OperationCanceledException">The daemon stops.</exception>
    public Task<EngineSnapshot> TakeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var isUsable = _current is { IsFaulted: false, IsCanceled: false }
                && timeProvider.GetElapsedTime(_takenAt) <= OldestShared;
            if (!isUsable)
            {
                _takenAt = timeProvider.GetTimestamp();
                _current = loop.ViewAsync((peer, now) => peer.EngineSnapshot(now), CancellationToken.None);
            }

            return _current!.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Something was changed: who asks now is to see it.</summary>
    public void Renew()
    {
        lock (_lock)
        {
            _current = null;
        }
    }
}
