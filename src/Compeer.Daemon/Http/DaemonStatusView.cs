using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Cluster;
using Compeer.Configuration.Main;
using Compeer.Daemon.Execution;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Platform;
using Compeer.Engine.Snapshot;
using Compeer.Execution.Processes;
using Compeer.Peer;

namespace Compeer.Daemon.Http;

/// <summary>The daemon itself as the HTTP interface shows it.</summary>
internal static class DaemonStatusView
{
    public static DaemonStatus Make(
        DaemonIdentity self,
        EngineSnapshot engine,
        ClusterSnapshot cluster,
        ImmutableDictionary<RefusalReason, long> refused,
        CheckExecutor executor,
        MonitoringLog log,
        DaemonLoop loop,
        StorageState? storage,
        ImmutableArray<PassiveWayStatus> passive)
    {
        var runner = executor.Status;
        var hosts = engine.HostChecks;
        var services = engine.ServiceChecks;
        return new DaemonStatus(
            ProgramVersion.Text,
            Environment.ProcessId,
            self.StartedAt,
            self.Paths.Prefix,
            NodesView.StateName(cluster.SelfState),
            engine.Objects.Hosts.Length,
            engine.Objects.Services.Length,
            runner.Running,
            runner.Waiting,
            hosts.Completed + services.Completed,
            Average(hosts, services),
            Math.Max(hosts.LatencyMaximum.TotalSeconds, services.LatencyMaximum.TotalSeconds),
            LaneView.Make(runner),
            runner.CannotBeKilled,
            runner.StartsHanging,
            runner.StartsHeld,
            [
                .. Warnings(engine.Configuration.Main, cluster, refused, runner, log, loop, storage?.Problem),
                .. passive.Select(way => way.Problem).OfType<string>(),
            ])
        {
            PassiveWays = passive,
            Storage = storage,
        };
    }

    /// <summary>Weighed by how many checks each kind has completed, which is near enough for a glance.</summary>
    private static double Average(CheckCounters hosts, CheckCounters services)
    {
        var completed = hosts.Completed + services.Completed;
        return completed == 0
            ? 0
            : ((hosts.LatencyAverage.TotalSeconds * hosts.Completed) + (services.LatencyAverage.TotalSeconds * services.Completed))
                / completed;
    }

    private static ImmutableArray<string> Warnings(
        MainConfiguration main,
        ClusterSnapshot cluster,
        ImmutableDictionary<RefusalReason, long> refused,
        RunnerStatus runner,
        MonitoringLog log,
        DaemonLoop loop,
        string? storageProblem)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        if (cluster.ConfigurationNotice.Length > 0)
        {
            warnings.Add(cluster.ConfigurationNotice);
        }

        if (main.WithoutEffect.Length > 0)
        {
            warnings.Add($"set in the main configuration but without effect yet: {string.Join(", ", main.WithoutEffect)}");
        }

        warnings.AddRange(LaneView.Warnings(runner));

        if (log.Problem is { } problem)
        {
            warnings.Add($"the log cannot be written: {problem}; {Count(log.WaitingLines, "line waits", "lines wait")}");
        }

        if (storageProblem is not null)
        {
            warnings.Add(storageProblem);
        }

        if (log.LostLines > 0)
        {
            warnings.Add($"{Count(log.LostLines, "log line was", "log lines were")} lost since the start");
        }

        var unreadable = refused.GetValueOrDefault(RefusalReason.StateUnreadable)
            + refused.GetValueOrDefault(RefusalReason.RequestUnreadable);
        if (unreadable > 0)
        {
            warnings.Add(
                $"{Count(unreadable, "state or request", "states and requests")} from other nodes could not be read since the start: "
                + "do all nodes run the same version?");
        }

        if (loop.QueueLength > 10_000)
        {
            warnings.Add($"{loop.QueueLength} inputs wait for the engine: the machine is too slow for this configuration");
        }

        return warnings.ToImmutable();
    }

    private static string Count(long count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
