using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>Gathers what is written here, and what others wrote and is to be passed on, and sends it to the neighbours.</summary>
internal sealed class LiveStream(
    ClusterContext context, List<ReplicationLink> links, Scopes scopes, Func<NodeId, NodeId, bool> areAdjacent)
{
    /// <summary>How long updates are gathered for one frame. A node that is lost takes as much with it; whatever refers to an update,
    /// as the word that a check has ended does, is preceded by it.</summary>
    public static readonly TimeSpan FlushAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>How long what others wrote is gathered: it was already where it was written, and along a line the times add up.</summary>
    public static readonly TimeSpan PassOnAfter = TimeSpan.FromMilliseconds(20);

    private readonly Outbox _outbox = new(ProtocolLimits.BatchBytes(context.Options.MaxFrameBytes), scopes);

    /// <summary>When it is to be sent.</summary>
    public TimeSpan FlushAt { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Whether it fills a frame.</summary>
    public bool IsFull => _outbox.IsFull;

    /// <summary>Whether what a node wrote and another sent here is to be passed on to anybody.</summary>
    public bool IsPassedOn(NodeId origin, ReplicationLink from) => links.Exists(other => Outbox.IsFor(other, origin, from, areAdjacent));

    /// <summary>Takes one in.</summary>
    /// <param name="update">What is to be sent.</param>
    /// <param name="from">Where it came from; null when it was written here.</param>
    public void Add(Update update, ReplicationLink? from)
    {
        if (links.Count == 0)
        {
            return;
        }

        var latest = context.Monotonic + (from is null ? FlushAfter : PassOnAfter);
        FlushAt = _outbox.IsEmpty || latest < FlushAt ? latest : FlushAt;
        _outbox.Add(update, from);
    }

    /// <summary>Sends what was gathered.</summary>
    public void Flush()
    {
        if (_outbox.IsEmpty)
        {
            return;
        }

        FlushAt = TimeSpan.MaxValue;
        foreach (var link in links)
        {
            if (link.Window.IsFull)
            {
                link.Owes |= link.Side == LinkSide.Below;
                continue;
            }

            foreach (var frame in _outbox.FramesFor(link, areAdjacent))
            {
                context.Emit(new ClusterEffect.Send(link.Id, frame));
                link.Window.Sent(frame.Length);
            }
        }

        _outbox.Clear();
    }
}
