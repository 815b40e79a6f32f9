using System.Collections.Immutable;

namespace Compeer.Configuration.Nodes;

/// <summary>The keys of merlin.conf, by the block they stand in.</summary>
public static class MerlinKeys
{
    /// <summary>Keys of a <c>peer</c>, <c>poller</c> or <c>master</c> block.</summary>
    public static ImmutableArray<string> Node { get; } =
    [
        "address", "host", "port", "hostgroup", "hostgroups", "data_timeout", "takeover", "connect", "notifies",
        "fixed_srcport", "encrypted", "publickey", "uuid", "auto_delete", "accept_runcmd", "max_sync_attempts",
    ];

    /// <summary>Keys of an <c>object_config</c> block that have a meaning; others are kept for scripts.</summary>
    public static ImmutableArray<string> ObjectConfig { get; } =
        ["push", "fetch", "pull", "ssh_user", "ssh_key", "ssh_port", "fetch_name", "source", "dest"];

    /// <summary>Keys of the <c>daemon</c> block.</summary>
    public static ImmutableArray<string> Daemon { get; } =
        ["address", "port", "pidfile", "merlin_user", "import_program", "pulse_interval", "use_syslog"];

    /// <summary>Keys of the <c>module</c> block.</summary>
    public static ImmutableArray<string> Module { get; } =
        ["notifies", "cluster_update", "event_mask", "handle_events", "ignore_events", "pulse_interval", "use_syslog", "workers"];

    /// <summary>Keys outside any block.</summary>
    public static ImmutableArray<string> Global { get; } =
        ["pulse_interval", "use_syslog", "oconfsplit_dir", "address", "port", "mode", "ipc_socket", "log_level", "log_file"];

    /// <summary>Beginnings of keys that are accepted in the daemon and module blocks and outside any.</summary>
    public static ImmutableArray<string> Prefixes { get; } = ["ipc_", "log_", "binlog_"];
}
