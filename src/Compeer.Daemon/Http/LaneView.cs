using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Execution.Processes;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Http;

/// <summary>The running of plugins as the HTTP interface shows it.</summary>
internal static class LaneView
{
    /// <summary>A wait that is worth a warning; shorter ones are the ordinary course of things.</summary>
    internal static readonly TimeSpan LongWait = TimeSpan.FromSeconds(5);

    /// <summary>All lanes, with their names.</summary>
    public static ImmutableArray<LaneState> Make(RunnerStatus status) =>
    [
        Make("hosts", status.Hosts),
        Make("services", status.Services),
        Make("notifications", status.Notifications),
        Make("handlers", status.Handlers),
    ];

    /// <summary>What an operator should know, a line each.</summary>
    public static IEnumerable<string> Warnings(RunnerStatus status)
    {
        if (Wait("host checks", status.Hosts, "more host checks hang than there are places, or the machine is too small") is { } hosts)
        {
            yield return hosts;
        }

        if (Wait("service checks", status.Services, "max_concurrent_checks or the machine is too small") is { } services)
        {
            yield return services;
        }

        if (status.CannotBeKilled > 0)
        {
            yield return $"{status.CannotBeKilled} plugins were killed at their time limit and run on; they take no place, "
                + "but look at them: ps -eo pid,user,stat,args";
        }

        if (status.StartsHanging > 0)
        {
            yield return $"{status.StartsHanging} plugins cannot be started, because their file system does not answer; "
                + $"{status.StartsHeld} checks wait for that";
        }

        if (status.Shortage != 0)
        {
            yield return $"plugins cannot be started now and wait: {SystemError.Words(status.Shortage)}";
        }
    }

    private static LaneState Make(string name, LaneStatus lane) =>
        new(name, lane.Limit, lane.Running, lane.Waiting, lane.OldestWait.TotalSeconds);

    private static string? Wait(string what, LaneStatus lane, string cause) => lane.OldestWait < LongWait
        ? null
        : $"{lane.Waiting} {what} wait for one of {lane.Limit} places, the first for {lane.OldestWait.TotalSeconds:0} s: {cause}";
}
