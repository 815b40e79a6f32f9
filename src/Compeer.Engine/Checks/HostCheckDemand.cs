using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;
using Compeer.Engine.States;

namespace Compeer.Engine.Checks;

/// <summary>
/// Whether a service's result asks for a check of its host ahead of its time (Naemon's on-demand host checks): so that
/// a host that went down is noticed with its first service, before the others become hard problems of their own.
/// </summary>
internal static class HostCheckDemand
{
    /// <summary>A host never looked at whose check is this near need not be asked about.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    /// <summary>Whether the host should be checked now.</summary>
    /// <param name="before">The service before its result.</param>
    /// <param name="state">The service's new state.</param>
    /// <param name="host">The host, with times by this node's clock.</param>
    /// <param name="hostInitialState">The host's <c>initial_state</c>.</param>
    /// <param name="isPlanned">Whether the host's check is due within <see cref="Soon"/>.</param>
    /// <param name="horizon"><c>cached_host_check_horizon</c>: a host found within this time to be what it seems is not asked
    /// again, so that many services of one host that fail together cost one host check.</param>
    /// <param name="wall">Now.</param>
    public static bool IsWanted(
        CheckState before,
        byte state,
        CheckState host,
        byte hostInitialState,
        bool isPlanned,
        TimeSpan horizon,
        DateTimeOffset wall)
    {
        var isNews = state != before.State || before.IsSoft;
        if (state == PluginState.Ok)
        {
            // A service answers: is a host that counts as down up again, or one never looked at what it seems?
            var isUnknown = !host.HasBeenChecked && (hostInitialState != HostState.Up || !isPlanned);
            return isUnknown || (host.State != HostState.Up && !CheckAge.IsWithin(host, horizon, wall, clockAhead: TimeSpan.Zero));
        }

        // A service in an unchanged hard problem is no news about its host.
        return isNews && (host.State != HostState.Up || !CheckAge.IsWithin(host, horizon, wall, clockAhead: TimeSpan.Zero));
    }
}
