using System.Collections.Immutable;

namespace Compeer.Configuration.Nodes;

/// <summary>The <c>daemon</c> block: how this node itself listens, and settings that belonged to Merlin's daemon.</summary>
public sealed record DaemonDefinition
{
    /// <summary>The address that means all of the machine's.</summary>
    public const string AnyAddress = "0.0.0.0";

    /// <summary>Address to listen at (<c>address</c>); default <see cref="AnyAddress"/>.</summary>
    public required string Address { get; init; }

    /// <summary>Where <see cref="Address"/> was set, from 1; 0 when it is the default.</summary>
    public int AddressLine { get; init; }

    /// <summary>Port to listen at (<c>port</c>), 1 to 65535; default 15551.</summary>
    public required int Port { get; init; }

    /// <summary>The <c>object_config</c> block that nodes without one of their own use; null when there is none.</summary>
    public required ObjectConfigDefinition? ObjectConfig { get; init; }

    /// <summary>The <c>database</c> block, as written; null when there is none.</summary>
    public required ImmutableArray<MerlinSetting>? Database { get; init; }

    /// <summary>All other keys of the block (<c>pidfile</c>, <c>log_file</c>, <c>log_level</c>, …), as written.</summary>
    public required ImmutableArray<MerlinSetting> Settings { get; init; }
}
