using Compeer.Cluster.Model;

namespace Compeer.Cluster.Membership;

/// <summary>
/// Notices that this node was suspended or stalled, so long that the others may have given it up and taken over. A node
/// that is slow must first doubt itself (memberlist's awareness, Lifeguard; Dadgar et al. 2018).
/// </summary>
internal sealed class SelfDoubt(TimeSpan pulseInterval, TimeSpan longestStep)
{
    private ClusterTime? _last;

    /// <summary>
    /// Takes note of an input and says how long this node was not there before it. The wall clock counts too: in a machine
    /// that was suspended the other one may have stood still. A wall clock that was set forward looks the same and costs no
    /// more than catching up with the others.
    /// </summary>
    public TimeSpan Gap(ClusterTime now)
    {
        var before = _last ?? now;
        var monotonic = now.Monotonic - before.Monotonic;
        var wall = now.Wall - before.Wall;
        _last = monotonic >= TimeSpan.Zero ? now : before;
        return wall > monotonic + longestStep ? wall : monotonic;
    }

    /// <summary>
    /// Whether a gap is too long for a silence limit: the last pulse may have left a whole interval before the gap began.
    /// </summary>
    public bool IsTooLong(TimeSpan gap, TimeSpan silenceLimit)
    {
        var allowed = silenceLimit - pulseInterval;
        return gap > (allowed > pulseInterval ? allowed : pulseInterval);
    }
}
