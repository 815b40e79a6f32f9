using Compeer.Cluster.Model;

namespace Compeer.Cluster.Membership;

/// <summary>
/// Notices that this node was suspended or stalled, so long that the others may have given it up and taken over. A node
/// that is slow must first doubt itself (memberlist's awareness, Lifeguard; Dadgar et al. 2018).
/// <para>
/// The monotonic clock counts the time that a machine slept. What it does not see is a virtual machine that was paused with all
/// its clocks: there the wall clock jumps when it is set right. A clock that somebody set looks the same, so a jump alone says
/// nothing; with a neighbour that gave this node up meanwhile, it does.
/// </para>
/// </summary>
/// <param name="pulseInterval">How often this node says that it is there.</param>
/// <param name="dataTimeout">After how much silence others give it up.</param>
internal sealed class SelfDoubt(TimeSpan pulseInterval, TimeSpan dataTimeout)
{
    private ClusterTime? _last;
    private TimeSpan _jump;
    private TimeSpan _jumpMattersUntil = TimeSpan.MinValue;

    /// <summary>Takes note of an input; how long this node was not there before it, and by how much the wall clock was set.</summary>
    public (TimeSpan Gap, TimeSpan Step) See(ClusterTime now)
    {
        var before = _last ?? now;
        var gap = now.Monotonic - before.Monotonic;
        if (gap < TimeSpan.Zero)
        {
            return (gap, TimeSpan.Zero);
        }

        _last = now;
        var step = now.Wall - before.Wall - gap;
        if (step.Duration() <= dataTimeout - pulseInterval)
        {
            return (gap, TimeSpan.Zero);
        }

        if (step > TimeSpan.Zero)
        {
            (_jump, _jumpMattersUntil) = (step, now.Monotonic + dataTimeout);
        }

        return (gap, step);
    }

    /// <summary>
    /// Whether a gap is too long for a silence limit: the last pulse may have left a whole interval before the gap began.
    /// </summary>
    public bool IsTooLong(TimeSpan gap, TimeSpan silenceLimit)
    {
        var allowed = silenceLimit - pulseInterval;
        return gap > (allowed > pulseInterval ? allowed : pulseInterval);
    }

    /// <summary>
    /// A neighbour turns out to have given this node up. How long this node stood still with its clocks, if its wall clock says
    /// so; zero when it does not.
    /// </summary>
    public TimeSpan StoodStill(TimeSpan now)
    {
        var jump = now < _jumpMattersUntil ? _jump : TimeSpan.Zero;
        _jumpMattersUntil = TimeSpan.MinValue;
        return jump;
    }
}
