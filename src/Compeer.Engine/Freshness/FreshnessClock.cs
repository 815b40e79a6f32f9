using Compeer.Engine.Model;

namespace Compeer.Engine.Freshness;

/// <summary>When results are looked at for their freshness, and when the wall clock jumped: after a jump nothing may count as stale
/// only because of it.</summary>
internal sealed class FreshnessClock
{
    /// <summary>What two looks may differ by on the two clocks; adjustments of a clock that runs well are smaller.</summary>
    private static readonly TimeSpan SmallestJump = TimeSpan.FromSeconds(5);

    private TimeSpan? _nextHosts;
    private TimeSpan? _nextServices;
    private EngineTime? _lastLook;

    /// <summary>When the wall clock last jumped, as it was afterwards; null when it never did.</summary>
    public DateTimeOffset? Jumped { get; private set; }

    /// <summary>When hosts or services are looked at next, monotonic; null before the first look.</summary>
    public TimeSpan? Next(bool isHost) => isHost ? _nextHosts : _nextServices;

    /// <summary>Takes note of a look.</summary>
    public void Look(EngineTime now, bool isHost, TimeSpan? next)
    {
        if (isHost)
        {
            _nextHosts = next;
        }
        else
        {
            _nextServices = next;
        }

        var before = _lastLook ?? now;
        _lastLook = now;
        var jump = now.Wall - before.Wall - (now.Monotonic - before.Monotonic);
        Jumped = jump.Duration() >= SmallestJump ? now.Wall : Jumped;
    }
}
