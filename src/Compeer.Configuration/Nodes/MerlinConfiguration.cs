using System.Collections.Immutable;

namespace Compeer.Configuration.Nodes;

/// <summary>What merlin.conf says, as values.</summary>
public sealed record MerlinConfiguration
{
    /// <summary>The configuration of a machine without a merlin.conf: alone, listening at the default port.</summary>
    public static MerlinConfiguration Empty { get; } = new()
    {
        Nodes = [],
        Daemon = new DaemonDefinition
        {
            Address = DaemonDefinition.AnyAddress,
            Port = NodeDefinition.DefaultPort,
            ObjectConfig = null,
            Database = null,
            Settings = [],
        },
        Module = new ModuleDefinition { Notifies = true, Settings = [] },
        Settings = [],
        PulseInterval = null,
        Uuid = null,
    };

    /// <summary>The neighbours, in the order of the file; their names differ.</summary>
    public required ImmutableArray<NodeDefinition> Nodes { get; init; }

    /// <summary>The <c>daemon</c> block.</summary>
    public required DaemonDefinition Daemon { get; init; }

    /// <summary>The <c>module</c> block.</summary>
    public required ModuleDefinition Module { get; init; }

    /// <summary>Keys outside any block (<c>ipc_socket</c>, <c>log_level</c>, …), as written.</summary>
    public required ImmutableArray<MerlinSetting> Settings { get; init; }

    /// <summary>Time between pulses (<c>pulse_interval</c>, whole seconds, 1 to 60, in any of the blocks or outside); null means
    /// the default.</summary>
    public required TimeSpan? PulseInterval { get; init; }

    /// <summary>This node's own id (<c>ipc_uuid</c>); null when not set.</summary>
    public required string? Uuid { get; init; }

    /// <summary>Where the parts of the configuration are written that pollers get (<c>oconfsplit_dir</c>), as written: a relative path
    /// counts from the folder of merlin.conf; null when not set.</summary>
    public string? SplitFolder =>
        Settings.LastOrDefault(setting => string.Equals(setting.Key, "oconfsplit_dir", StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Host groups whose hosts, with their services, this node may not check (<c>ipc_blocked_hostgroups</c>, comma separated, in
    /// the module block or outside any); none when not set.</summary>
    public ImmutableArray<string> BlockedHostGroups =>
    [
        .. (Settings.Concat(Module.Settings)
            .LastOrDefault(setting => string.Equals(setting.Key, "ipc_blocked_hostgroups", StringComparison.OrdinalIgnoreCase)).Value ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The neighbour of this name, or null. Names are compared exactly.</summary>
    public NodeDefinition? FindNode(string name) => Nodes.FirstOrDefault(node => node.Name == name);
}
