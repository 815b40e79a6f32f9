using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;

namespace Compeer.Engine.States;

/// <summary>
/// Whether a service's result asks for a check of its host ahead of its time (Naemon's on-demand host checks): so that
/// a host that went down is noticed with its first service, before the others become hard problems of their own.
/// </summary>
internal static class HostCheckDemand
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    /// <summary>Whether the host should be checked now.</summary>
    /// <param name="before">The service before its result.</param>
    /// <param name="state">The service's new state.</param>
    /// <param name="host">The host.</param>
    /// <param name="hostInitialState">The host's <c>initial_state</c>.</param>
    /// <param name="hostDueIn">When the host's check is due, from now; null when it has no time.</param>
    /// <param name="horizon"><c>cached_host_check_horizon</c>: a host checked within this time is not asked again, so that
    /// many services of one host that fail together cost one host check.</param>
    /// <param name="wall">Now.</param>
    public static bool IsWanted(
        CheckState before,
        byte state,
        CheckState host,
        byte hostInitialState,
        TimeSpan? hostDueIn,
        TimeSpan horizon,
        DateTimeOffset wall)
    {
        if (IsRecent(host, horizon, wall))
        {
            return false;
        }

        if (state == PluginState.Ok)
        {
            // A service answers: is a host that counts as down up again, or one never looked at what it seems?
            var isUnknown = !host.HasBeenChecked
                && (hostInitialState != HostState.Up || hostDueIn is null || hostDueIn > Soon);
            return isUnknown || host.State != HostState.Up;
        }

        // A service in an unchanged hard problem is no news about its host.
        return state != before.State || before.IsSoft;
    }

    private static bool IsRecent(CheckState host, TimeSpan horizon, DateTimeOffset wall)
    {
        // A little in the future is recent too: by another peer, whose clock is ahead.
        var age = wall.UtcTicks - host.LastCheckTicks;
        return host.HasBeenChecked && age > -CheckTiming.ClockTolerance.Ticks && age < horizon.Ticks;
    }
}
