using Compeer.Engine.Model;

namespace Compeer.Engine.Freshness;

/// <summary>Whether the last result of a host or service is too old (Naemon <c>is_service_result_fresh</c>,
/// <c>is_host_result_fresh</c>). In whole seconds, as there.</summary>
internal static class FreshnessRule
{
    /// <summary>The age from which a result is stale, seconds: the object's <c>freshness_threshold</c>, else the time between its
    /// checks and what that may be late.</summary>
    /// <param name="state">The object's state.</param>
    /// <param name="settings">What holds for it.</param>
    /// <param name="additional"><c>additional_freshness_latency</c>.</param>
    public static long Threshold(CheckState state, in EffectiveSettings settings, TimeSpan additional)
    {
        if (settings.Definition.Processing.FreshnessThreshold is var threshold and not 0)
        {
            return threshold;
        }

        var interval = state.IsSoft && state.State != 0 ? settings.Checking.RetryInterval : settings.Checking.CheckInterval;
        return (long)(interval + new TimeSpan(state.LatencyTicks) + additional).TotalSeconds;
    }

    /// <summary>For how many seconds the last result has been stale; null while it is fresh.</summary>
    /// <param name="state">The object's state, with times by this node's clock.</param>
    /// <param name="settings">What holds for it.</param>
    /// <param name="threshold">See <see cref="Threshold"/>.</param>
    /// <param name="times">Since when times can be relied on.</param>
    /// <param name="wall">Now.</param>
    public static long? StaleFor(
        CheckState state, in EffectiveSettings settings, long threshold, in FreshnessTimes times, DateTimeOffset wall)
    {
        var now = wall.ToUnixTimeSeconds();
        var expiry = From(state, settings, times, now) + threshold;
        return expiry < now ? now - expiry : null;
    }

    /// <summary>From when on its age counts.</summary>
    private static long From(CheckState state, in EffectiveSettings settings, in FreshnessTimes times, long now)
    {
        var started = times.Started.ToUnixTimeSeconds();
        var last = state.HasBeenChecked
            ? new DateTimeOffset(state.LastCheckTicks, TimeSpan.Zero).ToUnixTimeSeconds()
            : Math.Max(started, times.Known.ToUnixTimeSeconds());

        // What comes from outside goes on coming, and could not while nobody was there to take it; what is checked by schedule is
        // checked soon. With a threshold of its own the latter counts from its last check: a start is no excuse (Naemon).
        var isExcused = state.IsPassive
            || (settings.Checking.ActiveChecksEnabled && settings.Definition.Processing.FreshnessThreshold == 0);
        var from = isExcused ? Math.Max(last, started) : last;

        // A clock that was set makes all results old, or results of times to come.
        return times.Jumped?.ToUnixTimeSeconds() is { } jumped ? last > now ? jumped : Math.Max(from, jumped) : from;
    }
}
