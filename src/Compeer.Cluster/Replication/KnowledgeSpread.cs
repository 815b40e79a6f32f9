using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>
/// What every node vouches for, as far as it is known here: told to the neighbours at a low rate while somebody needs it.
/// It is needed to drop a tombstone, which must wait until no node can have the element any more, and to close the gap that
/// a crash leaves in a node's numbers, which only that node can do, once it knows that nobody has anything of it.
/// </summary>
internal sealed class KnowledgeSpread(ClusterContext context, ValueStore store, Knowledge knowledge, WriteNumbers numbers)
{
    /// <summary>How often it is told.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly SortedDictionary<NodeId, Knowledge> _nodes = [];
    private TimeSpan _next = TimeSpan.MinValue;

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
            }
        }
    }

    /// <summary>Tells, drops and closes, when it is time to.</summary>
    public void Advance(IReadOnlyList<ReplicationLink> links, Func<LinkId, bool> understands)
    {
        if (context.Monotonic < _next)
        {
            return;
        }

        _next = context.Monotonic + Interval;
        if (!IsNeeded())
        {
            return;
        }

        DropTombstones();
        CloseOwnGaps();
        foreach (var link in links)
        {
            if (understands(link.Id))
            {
                Tell(link);
            }
        }
    }

    private bool IsNeeded() => store.Keyed.Tombstones > 0 || knowledge.HasGaps;

    private void Tell(ReplicationLink link)
    {
        var nodes = new List<(NodeId Node, Knowledge Known)> { (context.Self, knowledge) };
        nodes.AddRange(_nodes.Where(node => node.Key != link.Neighbour).Select(node => (node.Key, node.Value)));
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

    private void DropTombstones()
    {
        foreach (var update in store.Keyed.All.Where(update => update.IsRemoval).ToArray())
        {
            if (OthersAll(known => known.Vouches(update.Origin, update.Sequence)))
            {
                store.Keyed.Remove(KeyedTable.KeyOf(update));
            }
        }
    }

    /// <summary>
    /// What an earlier run of this node wrote last is known by nobody, or by somebody who has said so. Every configured node
    /// must have been heard since this run began to write, which shows in what it knows.
    /// </summary>
    private void CloseOwnGaps()
    {
        if (numbers.Last < numbers.First || numbers.First == 1
            || !OthersAll(known => known.TopOf(context.Self) >= numbers.First))
        {
            return;
        }

        var highest = knowledge.TopBelow(context.Self, numbers.First);
        foreach (var node in Others())
        {
            highest = Math.Max(highest, _nodes[node].TopBelow(context.Self, numbers.First));
        }

        knowledge.Add(context.Self, new WriteRange(highest + 1, numbers.First - 1));
    }

    private IEnumerable<NodeId> Others() => Configured.Where(node => node != context.Self);

    private bool OthersAll(Func<Knowledge, bool> holds) =>
        Others().All(node => _nodes.TryGetValue(node, out var known) && holds(known));
}
