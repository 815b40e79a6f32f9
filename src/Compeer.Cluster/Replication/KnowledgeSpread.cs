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

    private readonly SortedDictionary<NodeId, Knowledge> _nodes = [];
    private TimeSpan _next = TimeSpan.MinValue;
    private bool _wasNeeded;

    /// <summary>The nodes that must have seen a tombstone: all that the configuration of anybody in the component names.</summary>
    public ImmutableArray<NodeId> Configured { get; set; } = [];

    /// <summary>Takes note of what came from a neighbour, about itself and others.</summary>
    public void Receive(LinkFrame.Seen frame)
    {
        foreach (var node in frame.Nodes)
        {
            if (node.Node == context.Self)
            {
                continue;
            }

            if (!_nodes.TryGetValue(node.Node, out var known))
            {
                if (_nodes.Count >= ProtocolLimits.MaxOrigins)
                {
                    continue;
                }

                _nodes.Add(node.Node, known = new Knowledge());
            }

            foreach (var entry in node.Known)
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
        var isNeeded = store.Keyed.Tombstones > 0 || knowledge.HasGaps;
        _wasNeeded |= isNeeded;
        if (isNeeded)
        {
            DropTombstones();
            CloseOwnGaps();
        }

        foreach (var link in links)
        {
            // One that was away when the last of them was dropped here may still wait for this node's word.
            if (link.TakesSeen && (isNeeded || (_wasNeeded && link.ToldOf.Count == 0)))
            {
                Tell(link);
            }
        }
    }

    private void Tell(ReplicationLink link)
    {
        var nodes = new List<(NodeId Node, Knowledge Known)> { (context.Self, knowledge) };
        nodes.AddRange(_nodes.Where(node => node.Key != link.Neighbour && !areAdjacent(node.Key, link.Neighbour))
            .Select(node => (node.Key, node.Value)));
        foreach (var (node, known) in nodes)
        {
            var changed = known.EntriesSince(link.ToldOf.GetValueOrDefault(node));
            if (changed.Count > 0)
            {
                link.ToldOf[node] = known.Changes;
                context.Send(link.Id, new LinkFrame.Seen([new NodeKnowledge(node, changed)]));
            }
        }
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
    /// What earlier runs of this node wrote last is known by nobody, or by somebody who has said so. Every configured node
    /// must have been heard since this run began to write, which shows in what it knows.
    /// </summary>
    private void CloseOwnGaps()
    {
        if (numbers.Last < numbers.First || numbers.First == 1
            || !OthersAll(known => known.TopOf(context.Self) >= numbers.First && !known.IsPartial(context.Self)))
        {
            return;
        }

        var free = 1L;
        foreach (var range in knowledge.RangesOf(context.Self).Concat(Others().SelectMany(node => _nodes[node].RangesOf(context.Self)))
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

    private IEnumerable<NodeId> Others() => Configured.Where(node => node != context.Self);

    private bool OthersAll(Func<Knowledge, bool> holds) =>
        Others().All(node => _nodes.TryGetValue(node, out var known) && holds(known));
}
