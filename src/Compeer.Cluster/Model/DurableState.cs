using System.Collections.Immutable;

namespace Compeer.Cluster.Model;

/// <summary>
/// The little that a node must not forget between two runs. It comes in with <see cref="ClusterOptions.Durable"/> and goes
/// out, whole, with <see cref="ClusterEffect.Persist"/>.
/// </summary>
public sealed record DurableState
{
    /// <summary>What a node has that never ran before, or whose file was lost.</summary>
    public static DurableState Empty { get; } = new();

    /// <summary>
    /// No number above this was given to a write. They are reserved in blocks ahead, so that no write waits for a disk; a
    /// run begins above what the last one had reserved.
    /// </summary>
    public long ReservedSequence { get; init; }

    /// <summary>
    /// No number above this was given to an entry of a stream of this node's; reserved in blocks ahead. It counts where the
    /// store of streams has nothing of this node's own.
    /// </summary>
    public long ReservedEntry { get; init; }

    /// <summary>The highest hybrid logical clock given, or about that.</summary>
    public ulong ClockMark { get; init; }

    /// <summary>The highest ownership epoch of any object that this node wrote with, or saw.</summary>
    public long HighestEpoch { get; init; }

    /// <summary>The configuration that was taken up last; null when there was none.</summary>
    public ConfigurationVersion? Configuration { get; init; }

    /// <summary>The highest number of any configuration that this node heard of.</summary>
    public long HighestConfigurationNumber { get; init; }

    /// <summary>The neighbours that were there when this node acted last, ascending: while it is away, they go on, and what they
    /// learn then may be nowhere else.</summary>
    public ImmutableArray<NodeId> Contemporaries { get; init; } = [];

    /// <summary>What a later version keeps here and this one does not understand; kept as it is.</summary>
    public ReadOnlyMemory<byte> Rest { get; init; }
}
