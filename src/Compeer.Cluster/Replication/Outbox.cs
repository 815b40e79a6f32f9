using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>Updates collected to be sent together: those of this node, and those to be passed on.</summary>
internal sealed class Outbox(int batchBytes, Scopes scopes)
{
    private readonly List<(Update Update, ReplicationLink? From)> _items = [];
    private List<ReadOnlyMemory<byte>>? _everything;
    private int _bytes;

    public bool IsEmpty => _items.Count == 0;

    /// <summary>Whether it fills a frame.</summary>
    public bool IsFull => _bytes >= batchBytes;

    public void Add(Update update, ReplicationLink? from)
    {
        _items.Add((update, from));
        _everything = null;
        _bytes += update.Size;
    }

    public void Clear()
    {
        _items.Clear();
        _everything = null;
        _bytes = 0;
    }

    /// <summary>Whether an update is for a neighbour. This node's own are for all. Another's are passed on to those who are not its
    /// origin's neighbours themselves and did not send it.</summary>
    public static bool IsFor(ReplicationLink link, NodeId origin, ReplicationLink? from, Func<NodeId, NodeId, bool> areAdjacent) =>
        from is null
        || (from.Neighbour != link.Neighbour && origin != link.Neighbour && !areAdjacent(origin, link.Neighbour));

    /// <summary>The frames for one neighbour: of what is for it, what it did not have at its last pulse.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> FramesFor(ReplicationLink link, Func<NodeId, NodeId, bool> areAdjacent)
    {
        var chosen = new List<Update>(_items.Count);
        foreach (var (update, from) in _items)
        {
            if (IsFor(link, update.Origin, from, areAdjacent)
                && (from is null || !link.Theirs.Contains(update.Origin, update.Sequence)) && scopes.IsFor(link, update))
            {
                chosen.Add(update);
            }
        }

        // The usual case, every peer gets everything: made once for all.
        return chosen.Count < _items.Count ? Split(chosen) : _everything ??= Split(chosen);
    }

    private List<ReadOnlyMemory<byte>> Split(List<Update> updates)
    {
        var frames = new List<ReadOnlyMemory<byte>>(1);
        var first = 0;
        var bytes = 0;
        for (var i = 0; i < updates.Count; i++)
        {
            bytes += updates[i].Size;
            if (bytes >= batchBytes || i == updates.Count - 1)
            {
                frames.Add(UpdatesCodec.Encode(sync: 0, updates[first..(i + 1)]));
                (first, bytes) = (i + 1, 0);
            }
        }

        return frames;
    }
}
