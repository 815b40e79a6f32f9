using System.Collections.Immutable;

namespace Compeer.Cluster.Model;

/// <summary>
/// What a node says about itself. All nodes flood the newest report of each, so that all of a connected component
/// compute the same membership from the same reports (link state, as in OSPF).
/// </summary>
internal sealed record NodeReport
{
    public required NodeId Node { get; init; }

    public required long Incarnation { get; init; }

    /// <summary>Rises with every report of a run: the higher replaces the lower.</summary>
    public required long Sequence { get; init; }

    /// <summary>Rises when anything changes that decides the division; see <see cref="SameDecision"/>.</summary>
    public required long Revision { get; init; }

    /// <summary>Takes its share.</summary>
    public required bool Acting { get; init; }

    /// <summary>Is handing over, to stop.</summary>
    public required bool Leaving { get; init; }

    public required ConfigurationVersion Configuration { get; init; }

    /// <summary>The runs of the neighbours it has caught up with, ascending by node.</summary>
    public required ImmutableArray<Run> Edges { get; init; }

    /// <summary>How far the clock of each of <see cref="Edges"/> is ahead of its own; empty when none is by five seconds.</summary>
    public ImmutableArray<TimeSpan> EdgesAhead { get; init; } = [];

    /// <summary>The peers its configuration names, ascending.</summary>
    public required ImmutableArray<NodeId> Configured { get; init; }

    /// <summary>The masters its configuration names, ascending.</summary>
    public ImmutableArray<NodeId> Masters { get; init; } = [];

    /// <summary>The pollers its configuration names, ascending.</summary>
    public ImmutableArray<NodeId> Pollers { get; init; } = [];

    /// <summary>Which groups of pollers its configuration names, see <see cref="PollerGroup.ShapeOf"/>.</summary>
    public ulong Shape { get; init; }

    /// <summary>Whether it notifies of what it checks also while it sees a master.</summary>
    public bool Notifies { get; init; } = true;

    /// <summary>The fingerprint of the division it acts on: what is not its own in that, it gave up. 0: none yet.</summary>
    public required ulong Applied { get; init; }

    /// <summary>Hashes of the keys of objects that it gave up and whose checks are still in flight here, ascending.</summary>
    public required ImmutableArray<ulong> Running { get; init; }

    /// <summary>Hashes of the keys of objects about which it sends something still, though that is not its own any more; ascending.
    /// </summary>
    public ImmutableArray<ulong> Sending { get; init; } = [];

    /// <summary>
    /// The number of its last write when it said this. A report can come by a shorter way than the result of the check that it
    /// says has ended.
    /// </summary>
    public long Written { get; init; }

    /// <summary>The longest that a check may take there: as long at most others wait for one of
    /// <see cref="Running"/> or <see cref="Sending"/>.</summary>
    public TimeSpan LongestCheck { get; init; }

    /// <summary>How many objects its configuration has.</summary>
    public int Objects { get; init; }

    /// <summary>How many of them it runs.</summary>
    public int Held { get; init; }

    /// <summary>What of its configuration is checked by nobody, as far as it knows.</summary>
    public UncheckedObjects Unchecked { get; init; } = UncheckedObjects.None;

    /// <summary>The configuration of others that it does not take up; null when there is none.</summary>
    public RefusedConfiguration? Refused { get; init; }

    /// <summary>About what it takes in a frame, rather more.</summary>
    public int Size => 512 + (Edges.Length * 32) + (EdgesAhead.Length * 10) + ((Configured.Length + Masters.Length + Pollers.Length) * 18)
        + ((Running.Length + Sending.Length) * 8)
        + (3 * (Refused?.Reason.Length ?? 0)) + Unchecked.Names.Sum(name => 3 * name.Length);

    public Run Run => new(Node, Incarnation);

    public bool IsNewerThan(NodeReport other) =>
        Incarnation != other.Incarnation ? Incarnation > other.Incarnation : Sequence > other.Sequence;

    /// <summary>Whether another report of the same run leads to the same division.</summary>
    public bool SameDecision(NodeReport other) => Acting == other.Acting && Leaving == other.Leaving
        && Configuration == other.Configuration && Edges.AsSpan().SequenceEqual(other.Edges.AsSpan())
        && Configured.AsSpan().SequenceEqual(other.Configured.AsSpan())
        && Masters.AsSpan().SequenceEqual(other.Masters.AsSpan()) && Pollers.AsSpan().SequenceEqual(other.Pollers.AsSpan())
        && Shape == other.Shape && Notifies == other.Notifies;

    /// <summary>How far the clock of one of <see cref="Edges"/> is ahead of its own, as it said last.</summary>
    public TimeSpan ClockAhead(int edge) => EdgesAhead.IsEmpty ? TimeSpan.Zero : EdgesAhead[edge];

    public bool HasEdge(Run other)
    {
        foreach (var edge in Edges)
        {
            if (edge == other)
            {
                return true;
            }
        }

        return false;
    }
}
