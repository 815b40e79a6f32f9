using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>
/// What every node vouches for, as far as it is known here: told to the neighbours at a low rate while somebody needs it.
/// It is needed to drop a tombstone, which must wait until no node can have the element any more, and to close the gap that
/// a crash leaves in a node's numbers, which only that node can do, once it knows that nobody has anything of it.
/// </summary>
/// <param name="context">The node.</param>
/// <param name="store">What it keeps.</param>
/// <param name="knowledge">What it vouches for.</param>
/// <param name="numbers">Its own numbers.</param>
/// <param name="areAdjacent">Whether two nodes are neighbours: each tells the other itself.</param>
internal sealed class KnowledgeSpread(
    ClusterContext context, ValueStore store, Knowledge knowledge, WriteNumbers numbers, Func<NodeId, NodeId, bool> areAdjacent)
{
    /// <summary>How often it is told.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>How many times it is told on, at least, when it is not needed here any more.</summary>
    private const int LeastRounds = 6;

    private readonly SortedDictionary<NodeId, (long Incarnation, Knowledge Known)> _nodes = [];
    private TimeSpan _next = TimeSpan.MinValue;
    private TimeSpan _tellUntil = TimeSpan.MinValue;
    private ImmutableArray<NodeId> _group = [];
    private ImmutableArray<NodeId> _knowing = [];
    private bool _wasNeeded;

    /// <summary>The nodes that must have seen a tombstone: all that the configuration of anybody in the component names.</summary>
    public ImmutableArray<NodeId> Configured { get; private set; } = [];

    /// <summary>Takes the nodes that anybody's configuration names. Where others are named now, somebody may wait for the word of one
    /// that was not asked before.</summary>
    public void Configure(ImmutableArray<NodeId> group, ImmutableArray<NodeId> above, ImmutableArray<NodeId> below)
    {
        var nodes = above.IsEmpty && below.IsEmpty ? group : group.Concat(above).Concat(below).Distinct().Order().ToImmutableArray();
        (_group, _knowing) = (group, above.IsEmpty ? group : [.. group.Concat(above).Distinct().Order()]);
        if (_wasNeeded && !Configured.AsSpan().SequenceEqual(nodes.AsSpan()))
        {
            TellOn();
        }

        Configured = nodes;
    }

    /// <summary>Takes note of what came from a neighbour, about itself and others. One that was told nothing yet needs it.</summary>
    public void Receive(ReplicationLink link, LinkFrame.Seen frame)
    {
        if (link.ToldOf.Count == 0)
        {
            TellOn();
        }

        foreach (var (run, entries) in frame.Nodes)
        {
            if (run.Node == context.Self || Of(run) is not { } known)
            {
                continue;
            }

            foreach (var entry in entries)
            {
                known.TakeOver(entry);
                if (entry.IsPartial || entry.Dropped != 0)
                {
                    known.MarkPartial(entry.Origin);
                }
            }
        }
    }

    /// <summary>Whether it is time to look at it.</summary>
    public bool IsDue => context.Monotonic >= _next;

    /// <summary>Tells, drops and closes, when it is time to. What was gathered must have been sent.</summary>
    public void Advance(IReadOnlyList<ReplicationLink> links)
    {
        if (!IsDue)
        {
            return;
        }

        _next = context.Monotonic + Interval;
        if (store.Keyed.Tombstones > 0 || knowledge.HasGapsOf(_group))
        {
            // Whoever is a hop further gets the words that let this node drop or close the last of them a round later.
            TellOn();
            DropTombstones();
            CloseOwnGaps();
        }

        foreach (var link in links)
        {
            // One that was away when the last of them was dropped here may still wait for this node's word.
            if (link.TakesSeen && (context.Monotonic < _tellUntil || (_wasNeeded && link.ToldOf.Count == 0)))
            {
                Tell(link);
            }
        }
    }

    private void TellOn()
    {
        _wasNeeded = true;
        _tellUntil = context.Monotonic + (Interval * Math.Max(LeastRounds, Configured.Length));
    }

    private void Tell(ReplicationLink link)
    {
        TellOf(link, context.Run, knowledge);
        foreach (var (node, (incarnation, known)) in _nodes)
        {
            if (node != link.Neighbour && !areAdjacent(node, link.Neighbour) && (link.Side == LinkSide.Peer || _group.Contains(node)))
            {
                TellOf(link, new Run(node, incarnation), known);
            }
        }
    }

    private void TellOf(ReplicationLink link, Run run, Knowledge known)
    {
        var changed = known.EntriesSince(link.ToldOf.GetValueOrDefault(run));
        if (changed.Count > 0)
        {
            link.ToldOf[run] = known.Changes;
            context.Send(link.Id, new LinkFrame.Seen([new NodeKnowledge(run, changed)]));
        }
    }

    /// <summary>What is known of a run; null of one that is over, or of one node too many. A later run has forgotten what an earlier one
    /// had.</summary>
    private Knowledge? Of(Run run)
    {
        var isKnown = _nodes.TryGetValue(run.Node, out var present);
        if (isKnown ? present.Incarnation > run.Incarnation : _nodes.Count >= ProtocolLimits.MaxOrigins)
        {
            return null;
        }

        if (present.Known is null || present.Incarnation < run.Incarnation)
        {
            _nodes[run.Node] = present = (run.Incarnation, new Knowledge());
        }

        return present.Known;
    }

    /// <summary>
    /// A tombstone goes when every configured node vouches that it has seen it, and all that they had written by then is here:
    /// an older write of the element that is still under way is known, and not taken for a new one.
    /// </summary>
    private void DropTombstones()
    {
        if (!OthersAll(knowledge.CoversAll))
        {
            return;
        }

        foreach (var update in store.Keyed.All.Where(update => update.IsRemoval).ToArray())
        {
            if (OthersAll(known => known.Vouches(update.Origin, update.Sequence)))
            {
                store.Keyed.Remove(KeyedTable.KeyOf(update));
            }
        }
    }

    /// <summary>
    /// What earlier runs of this node wrote last is known by nobody, or by somebody who has said so. Every node that gets all its writes
    /// must have been heard since this run began to write, which shows in what it knows.
    /// </summary>
    private void CloseOwnGaps()
    {
        if (numbers.Last < numbers.First || numbers.First == 1
            || !All(_knowing, known => known.TopOf(context.Self) >= numbers.First && !known.IsPartial(context.Self)))
        {
            return;
        }

        var free = 1L;
        foreach (var range in knowledge.RangesOf(context.Self)
            .Concat(OthersOf(_knowing).SelectMany(node => _nodes[node].Known.RangesOf(context.Self)))
            .OrderBy(range => range.From).ToArray())
        {
            var end = Math.Min(range.From, numbers.First) - 1;
            if (free <= end)
            {
                knowledge.Add(context.Self, new WriteRange(free, end));
            }

            free = Math.Max(free, range.To + 1);
        }
    }

    private IEnumerable<NodeId> OthersOf(ImmutableArray<NodeId> nodes) => nodes.Where(node => node != context.Self);

    private bool OthersAll(Func<Knowledge, bool> holds) => All(Configured, holds);

    private bool All(ImmutableArray<NodeId> nodes, Func<Knowledge, bool> holds) =>
        OthersOf(nodes).All(node => _nodes.TryGetValue(node, out var present) && holds(present.Known));
}
