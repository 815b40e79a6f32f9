using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>What a running daemon says of itself (<c>GET /api/v1/status</c>).</summary>
/// <param name="Version">Version of the program.</param>
/// <param name="Pid">Its process id.</param>
/// <param name="StartedAt">When the process started.</param>
/// <param name="Prefix">The folder that all its paths hang under, see <see cref="MonitorPaths"/>.</param>
/// <param name="State">What it is doing: one of <see cref="NodeStateName"/>.</param>
/// <param name="Hosts">Hosts in the running configuration.</param>
/// <param name="Services">Services in the running configuration.</param>
/// <param name="ChecksRunning">Checks running at this moment, on this node.</param>
/// <param name="ChecksWaiting">Checks that are due and wait for a free place.</param>
/// <param name="ChecksCompleted">Checks this process has completed since it started.</param>
/// <param name="LatencyAverageSeconds">How late recent checks began, on average, in seconds.</param>
/// <param name="LatencyMaximumSeconds">How late the latest of the recent checks began, in seconds.</param>
/// <param name="Lanes">The places for commands, by what they are run for.</param>
/// <param name="PluginsNotKilled">Plugins that were killed at their time limit and run on; they take no place.</param>
/// <param name="StartsHanging">Plugins whose start does not come back, for a file system that does not answer.</param>
/// <param name="StartsHeld">Checks that wait for such a start.</param>
/// <param name="Warnings">What an operator should know: one line each, empty when all is well.</param>
public sealed record DaemonStatus(
    string Version,
    int Pid,
    DateTimeOffset StartedAt,
    string Prefix,
    string State,
    int Hosts,
    int Services,
    int ChecksRunning,
    int ChecksWaiting,
    long ChecksCompleted,
    double LatencyAverageSeconds,
    double LatencyMaximumSeconds,
    ImmutableArray<LaneState> Lanes,
    int PluginsNotKilled,
    int StartsHanging,
    int StartsHeld,
    ImmutableArray<string> Warnings)
{
    /// <summary>The ways by which others send results, those that are on.</summary>
    public ImmutableArray<PassiveWayStatus> PassiveWays { get; init; } = [];

    /// <summary>What outlives a restart; null when nothing does (<c>retain_state_information=0</c>).</summary>
    public StorageState? Storage { get; init; }
}
