using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Compeer.Api;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Daemon.Execution;
using Compeer.Daemon.Links;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Passive;
using Compeer.Daemon.Platform;
using Compeer.Engine.Snapshot;
using Compeer.Peer;

namespace Compeer.Daemon.Http;

/// <summary>The daemon's own figures in Prometheus' text format, version 0.0.4.</summary>
internal static class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Make(
        DaemonIdentity self,
        EngineSnapshot engine,
        ClusterSnapshot cluster,
        ImmutableDictionary<RefusalReason, long> refused,
        CheckExecutor executor,
        MonitoringLog log,
        DaemonLoop loop,
        LinkHub links,
        PassiveWays passive)
    {
        var text = new StringBuilder();
        Add(text, "compeer_start_time_seconds", "gauge", "When the daemon started, Unix time.", self.StartedAt.ToUnixTimeSeconds());
        Add(text, "compeer_objects_owned", "gauge", "Hosts and services this node checks.", engine.Owned);
        Add(text, "compeer_checks_scheduled", "gauge", "Checks that have a time to run at.", engine.Scheduled);
        var runner = executor.Status;
        Add(text, "compeer_checks_running", "gauge", "Plugins running now.", runner.Running);
        Add(text, "compeer_checks_waiting", "gauge", "Checks that are due and wait for a free place.", runner.Waiting);
        AddLanes(text, LaneView.Make(runner));
        Add(text, "compeer_plugins_not_killed", "gauge", "Plugins that were killed and run on.", runner.CannotBeKilled);
        Add(text, "compeer_starts_hanging", "gauge", "Plugins whose start does not come back.", runner.StartsHanging);
        Add(text, "compeer_starts_held", "gauge", "Checks that wait for such a start.", runner.StartsHeld);
        AddChecks(text, engine.HostChecks, engine.ServiceChecks);
        Add(text, "compeer_cluster_members", "gauge", "Nodes that share the checks, this one included.", cluster.Members.Length);
        var active = cluster.SelfState == ClusterSelfState.Active ? 1 : 0;
        Add(text, "compeer_cluster_active", "gauge", "1 when this node takes its share.", active);
        AddCoverage(text, new Coverage(cluster), cluster);
        AddGroups(text, cluster);
        Add(text, "compeer_cluster_values_applied_total", "counter", "States received from other nodes and stored.", cluster.Applied);
        Add(
            text,
            "compeer_cluster_unknown_objects_total",
            "counter",
            "States received for objects that this node's configuration does not have.",
            cluster.UnknownKeys);
        AddHead(text, "compeer_refused_total", "counter", "Results of checks, and words of other nodes, that were not taken.");
        foreach ((var reason, var count) in refused.OrderBy(pair => pair.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"compeer_refused_total{{reason=\"{NameOf(reason)}\"}} {count}\n");
        }

        AddTraffic(text, links);
        AddPassive(text, passive);
        Add(text, "compeer_loop_queue", "gauge", "Inputs waiting for the engine loop.", loop.QueueLength);
        Add(text, "compeer_log_lines_lost_total", "counter", "Log lines that never reached the file.", log.LostLines);
        Add(text, "compeer_log_lines_waiting", "gauge", "Log lines that wait to be written.", log.WaitingLines);
        return text.ToString();
    }

    private static void AddGroups(StringBuilder text, ClusterSnapshot cluster)
    {
        if (cluster.Groups.IsEmpty)
        {
            return;
        }

        (string Name, string Help, Func<GroupSnapshot, int> Of)[] gauges =
        [
            ("compeer_poller_group_members", "Pollers that share the checks of a group.", group => group.Active.Length),
            ("compeer_poller_group_lacking_objects", "Hosts and services of a group that its pollers do not have.", group => group.Lacking),
            ("compeer_poller_group_stale_objects", "Hosts and services of a group that nobody checks.", group => group.Stale),
        ];
        foreach ((var name, var help, var of) in gauges)
        {
            AddHead(text, name, "gauge", help);
            foreach (var group in cluster.Groups)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{{group=\"{Label(group.Name)}\"}} {of(group)}\n");
            }
        }
    }

    /// <summary>As the format wants a label's value.</summary>
    private static string Label(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal);

    private static void AddCoverage(StringBuilder text, Coverage coverage, ClusterSnapshot cluster)
    {
        var inForce = cluster.InForce?.Hash == cluster.Version.Hash ? 1 : 0;
        Add(text, "compeer_configuration_in_force", "gauge", "1 when the checks run by this node's configuration.", inForce);
        Add(
            text,
            "compeer_configurations",
            "gauge",
            "Different configurations of the nodes in sight; more than one means that nodes are to be reloaded.",
            coverage.Configurations);
        var missing = coverage.All;
        AddPair(
            text,
            "compeer_objects_unchecked",
            "gauge",
            "Hosts and services that no node checks, because those that run the checks do not have them.",
            missing.Hosts,
            missing.Services);
    }

    private static void AddChecks(StringBuilder text, CheckCounters hosts, CheckCounters services)
    {
        AddPair(text, "compeer_checks_started_total", "counter", "Checks started.", hosts.Started, services.Started);
        AddPair(text, "compeer_checks_completed_total", "counter", "Results taken.", hosts.Completed, services.Completed);
        AddPair(text, "compeer_checks_ignored_total", "counter", "Results not taken.", hosts.Ignored.Total, services.Ignored.Total);
        AddPair(
            text,
            "compeer_checks_in_flight",
            "gauge",
            "Checks given out to be run whose result has not come.",
            hosts.InFlight,
            services.InFlight);
        AddPair(
            text,
            "compeer_check_overdue_maximum_seconds",
            "gauge",
            "How long the check in flight has been due that is due longest; it grows while a check waits for a place.",
            hosts.LongestInFlight.TotalSeconds,
            services.LongestInFlight.TotalSeconds);
        AddPair(
            text,
            "compeer_check_latency_average_seconds",
            "gauge",
            "How late recent checks started, on average.",
            hosts.LatencyAverage.TotalSeconds,
            services.LatencyAverage.TotalSeconds);
        AddPair(
            text,
            "compeer_check_latency_maximum_seconds",
            "gauge",
            "How late the latest of the recent checks started.",
            hosts.LatencyMaximum.TotalSeconds,
            services.LatencyMaximum.TotalSeconds);
    }

    private static void Add(StringBuilder text, string name, string type, string help, double value)
    {
        AddHead(text, name, type, help);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void AddPair(StringBuilder text, string name, string type, string help, double hosts, double services)
    {
        AddHead(text, name, type, help);
        text.Append(CultureInfo.InvariantCulture, $"{name}{{type=\"host\"}} {hosts}\n{name}{{type=\"service\"}} {services}\n");
    }

    private static string NameOf(RefusalReason reason) => reason switch
    {
        RefusalReason.ResultNotAwaited => "result_not_awaited",
        RefusalReason.ResultSuperseded => "result_superseded",
        RefusalReason.ResultOfRemovedObject => "result_of_removed_object",
        RefusalReason.ResultOvertaken => "result_overtaken",
        RefusalReason.ResultNotNeeded => "result_not_needed",
        RefusalReason.StateUnreadable => "state_unreadable",
        RefusalReason.RequestUnreadable => "request_unreadable",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no such reason"),
    };

    private static void AddLanes(StringBuilder text, ImmutableArray<LaneState> lanes)
    {
        AddEach("compeer_lane_limit", "How many commands of a lane run at the same time at most.", lane => lane.Limit);
        AddEach("compeer_lane_running", "Commands of a lane that run.", lane => lane.Running);
        AddEach("compeer_lane_waiting", "Commands of a lane that are due and wait for a place.", lane => lane.Waiting);
        AddEach("compeer_lane_oldest_wait_seconds", "How long the first of those has waited.", lane => lane.OldestWaitSeconds);

        void AddEach(string name, string help, Func<LaneState, double> value)
        {
            AddHead(text, name, "gauge", help);
            foreach (var lane in lanes)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{{lane=\"{lane.Name}\"}} {value(lane)}\n");
            }
        }
    }

    private static void AddTraffic(StringBuilder text, LinkHub links)
    {
        AddBoth("compeer_link_frames_total", "Frames that went over links.", traffic => traffic.Frames);
        AddBoth(
            "compeer_link_batches_total",
            "Writes to links and reads from them, each of any number of frames.",
            traffic => traffic.Batches);
        AddBoth("compeer_link_bytes_total", "Bytes of frames, before they are encrypted.", traffic => traffic.Bytes);

        void AddBoth(string name, string help, Func<LinkTraffic, long> value)
        {
            AddHead(text, name, "counter", help);
            text.Append(CultureInfo.InvariantCulture, $"{name}{{direction=\"sent\"}} {value(links.Sent)}\n");
            text.Append(CultureInfo.InvariantCulture, $"{name}{{direction=\"received\"}} {value(links.Received)}\n");
        }
    }

    private static void AddPassive(StringBuilder text, PassiveWays passive)
    {
        AddHead(text, "compeer_passive_results_total", "counter", "Results of checks that others sent and that were taken.");
        foreach ((var way, var counters) in passive.Counters)
        {
            text.Append(CultureInfo.InvariantCulture, $"compeer_passive_results_total{{way=\"{way}\"}} {counters.Results}\n");
        }

        AddHead(text, "compeer_passive_refused_total", "counter", "What others sent and was not taken.");
        foreach ((var way, var counters) in passive.Counters)
        {
            foreach (var reason in Enum.GetValues<PassiveRefusal>())
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"compeer_passive_refused_total{{way=\"{way}\",reason=\"{NameOf(reason)}\"}} {counters.Refused(reason)}\n");
            }
        }
    }

    private static string NameOf(PassiveRefusal reason) => reason switch
    {
        PassiveRefusal.NotTaken => "not_taken",
        PassiveRefusal.NotAuthentic => "not_authentic",
        PassiveRefusal.Stale => "stale",
        PassiveRefusal.Malformed => "malformed",
        PassiveRefusal.Address => "address",
        PassiveRefusal.TimedOut => "timed_out",
        PassiveRefusal.TooMany => "too_many",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no such reason"),
    };

    private static void AddHead(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
}
