using System.Collections.Immutable;

namespace Compeer.Configuration.Nodes;

/// <summary>
/// A neighbour as merlin.conf has it. Two are equal when everything but <see cref="SourceLine"/> is, so that a
/// reload touches only the nodes that changed.
/// </summary>
public sealed record NodeDefinition
{
    /// <summary>The port Merlin listens on when nothing else is said.</summary>
    public const int DefaultPort = 15551;

    /// <summary>What the node is called here: the second word of the block's first line, or the address without one.</summary>
    public required string Name { get; init; }

    /// <summary>What it is to this node.</summary>
    public required NodeKind Kind { get; init; }

    /// <summary>Host name or IP address (<c>address</c>, or <c>host</c>); the name when not set.</summary>
    public required string Address { get; init; }

    /// <summary>TCP port, 1 to 65535 (<c>port</c>); default 15551.</summary>
    public required int Port { get; init; }

    /// <summary>Host groups a poller checks (<c>hostgroup</c>, <c>hostgroups</c>: comma separated, may be given several
    /// times); never empty for a poller.</summary>
    public required ImmutableArray<string> HostGroups { get; init; }

    /// <summary>Silence after which the node counts as lost (<c>data_timeout</c>, whole seconds, 1 to 86400); null means
    /// the default.</summary>
    public required TimeSpan? DataTimeout { get; init; }

    /// <summary>Whether this node does a lost poller's checks (<c>takeover</c>); default true for pollers, else false.</summary>
    public required bool Takeover { get; init; }

    /// <summary>Whether this node dials the other (<c>connect</c>), default true; with false it only accepts.</summary>
    public required bool Connect { get; init; }

    /// <summary>Whether the node sends notifications itself (<c>notifies</c>), default true.</summary>
    public required bool Notifies { get; init; }

    /// <summary>Whether connections come from this node's own port (<c>fixed_srcport</c>), default false.</summary>
    public required bool FixedSourcePort { get; init; }

    /// <summary>Whether the link is encrypted (<c>encrypted</c>), default true. Links between nodes of this kind always
    /// are; false can only ever concern a link to a Merlin node.</summary>
    public required bool Encrypted { get; init; }

    /// <summary>File with the node's public key (<c>publickey</c>), as written: a relative path counts from the folder of
    /// merlin.conf; null when not set.</summary>
    public required string? PublicKeyFile { get; init; }

    /// <summary>The node's own id for itself (<c>uuid</c>), which lets it come from any address; null when not set.</summary>
    public required string? Uuid { get; init; }

    /// <summary>How long the node may be away before it is removed (<c>auto_delete</c>, whole seconds, 0 to 86400); null, as
    /// 0, means never.</summary>
    public required TimeSpan? AutoDelete { get; init; }

    /// <summary>Whether the node may have test commands run here (<c>accept_runcmd</c>), default false.</summary>
    public required bool AcceptRunCommand { get; init; }

    /// <summary>The <c>object_config</c> block; null when there is none and the daemon block's counts.</summary>
    public required ObjectConfigDefinition? ObjectConfig { get; init; }

    /// <summary>The lines of the <c>sync</c> block, in order.</summary>
    public required ImmutableArray<SyncEntry> Sync { get; init; }

    /// <summary>Paths of this node, without a slash at their end, that the other may write though this node does not send them there
    /// (<c>path = accept</c> in the <c>sync</c> block).</summary>
    public ImmutableArray<string> SyncAccepts { get; init; } = [];

    /// <summary>Whether the other end restarts after a sync (<c>restart</c> in the <c>sync</c> block), default false.</summary>
    public required bool SyncRestarts { get; init; }

    /// <summary>Line of the block's beginning, from 1.</summary>
    public required int SourceLine { get; init; }

    /// <summary>Whether all settings are the same, wherever they stand in the file.</summary>
    public bool Equals(NodeDefinition? other) =>
        other is not null
        && (Name, Kind, Address, Port) == (other.Name, other.Kind, other.Address, other.Port)
        && (DataTimeout, Takeover, Connect, Notifies) == (other.DataTimeout, other.Takeover, other.Connect, other.Notifies)
        && (FixedSourcePort, Encrypted, PublicKeyFile) == (other.FixedSourcePort, other.Encrypted, other.PublicKeyFile)
        && (Uuid, AutoDelete, AcceptRunCommand) == (other.Uuid, other.AutoDelete, other.AcceptRunCommand)
        && SyncRestarts == other.SyncRestarts
        && Equals(ObjectConfig, other.ObjectConfig)
        && HostGroups.SequenceEqual(other.HostGroups)
        && Sync.SequenceEqual(other.Sync)
        && SyncAccepts.SequenceEqual(other.SyncAccepts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, Address, Port);
}
