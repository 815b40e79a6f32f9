using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Catching up over one link: the asker says what it knows, the other end sends the rest, as much at a time as is
/// acknowledged, and says in the end what it vouches for.
/// </summary>
internal sealed class CatchUp(ClusterContext context, ValueStore store, Scopes scopes, Knowledge knowledge)
{
    private readonly int _batchBytes = ProtocolLimits.BatchBytes(context.Options.MaxFrameBytes);
    private ulong _last;

    /// <summary>Asks a neighbour for what it has and this node has not.</summary>
    public void Request(ReplicationLink link)
    {
        link.SyncIn = ++_last;
        link.SyncProgress = context.Monotonic;
        (link.Asked, link.OpenElements) = (knowledge.Entries(), null);
        link.ElementsMeanwhile.Clear();
        context.Send(link.Id, new LinkFrame.SyncRequest(
            link.SyncIn, link.Asked, ElementCheck.Digest(store.Keyed.All.Where(ElementCheck.IsElement))));
    }

    /// <summary>Starts to answer such a request; one that is under way is dropped for it.</summary>
    public void Answer(ReplicationLink link, LinkFrame.SyncRequest request)
    {
        link.SyncOut = new SyncSender(request, link, store, scopes, knowledge);
        link.Owes = false;
        Pump(link);
    }

    /// <summary>
    /// A write came that was not known. An element may come from one neighbour while another is asked that knows its removal, and has
    /// no word left for it: the asked one would have sent it too, had it still been there.
    /// </summary>
    public static void Arrive(Update update, ReplicationLink from, IReadOnlyList<ReplicationLink> links)
    {
        if (!ElementCheck.IsElement(update))
        {
            return;
        }

        foreach (var link in links)
        {
            if (link != from && link.SyncIn != 0)
            {
                link.ElementsMeanwhile[(update.Origin, update.Sequence)] = KeyedTable.KeyOf(update);
            }
        }
    }

    /// <summary>A part of a neighbour's answer.</summary>
    public void Take(ReplicationLink link, LinkFrame.Updates frame)
    {
        if (frame.Sync != link.SyncIn || frame.Sync == 0)
        {
            return;
        }

        link.SyncProgress = context.Monotonic;
        foreach (var update in frame.Items)
        {
            link.ElementsMeanwhile.Remove((update.Origin, update.Sequence));
        }

        if (frame.Present.Count > 0)
        {
            link.OpenElements ??= ElementCheck.Open(store.Keyed, link.Asked);
            foreach (var element in frame.Present)
            {
                link.OpenElements.Remove(element);
            }
        }
    }

    /// <summary>A neighbour's answer is complete. False for an answer that nobody waits for any more.</summary>
    /// <param name="link">Where it came.</param>
    /// <param name="done">Its end.</param>
    /// <param name="removed">Elements here that turned out to have been removed by others.</param>
    public bool Complete(ReplicationLink link, LinkFrame.SyncDone done, out IReadOnlyList<RegisterKey> removed)
    {
        removed = [];
        if (done.Sync != link.SyncIn || done.Sync == 0)
        {
            return false;
        }

        var open = link.ElementsMeanwhile.ToList();
        if (done.IsListed)
        {
            open.AddRange(link.OpenElements ?? ElementCheck.Open(store.Keyed, link.Asked));
        }

        removed = ElementCheck.Removed(store.Keyed, open, done.Known);
        (link.Asked, link.OpenElements) = ([], null);
        link.ElementsMeanwhile.Clear();

        foreach (var entry in done.Known)
        {
            knowledge.TakeOver(entry);
            link.Offered.Replace(entry);
        }

        link.SyncIn = 0;
        return true;
    }

    /// <summary>What the neighbour has changed: what it had a pulse ago and is still not here was lost on the way.</summary>
    public void Compare(ReplicationLink link, IReadOnlyList<OriginKnowledge> changed)
    {
        if (link.SyncIn == 0 && knowledge.Lacks(link.Theirs, link.Offered))
        {
            Request(link);
        }

        foreach (var entry in changed)
        {
            link.Theirs.Replace(entry);
        }
    }

    /// <summary>The slots have moved: what is under way from here begins anew.</summary>
    public void Restart(ReplicationLink link)
    {
        if (link.SyncOut is { } sender)
        {
            Answer(link, sender.Request);
        }
    }

    /// <summary>Sends a poller what it was not sent, as far as it does not say that it has it.</summary>
    public void PayOwed(ReplicationLink link)
    {
        if (link.Owes && link.SyncOut is null && !link.Window.IsFull)
        {
            Answer(link, new LinkFrame.SyncRequest(Sync: 0, link.Theirs.Entries()));
        }
    }

    /// <summary>Sends as much as there is room for.</summary>
    public void Pump(ReplicationLink link)
    {
        while (link.SyncOut is { } sender && link.Window.Bytes < context.Options.MaxFrameBytes)
        {
            var (frame, isLast) = sender.Next(store, _batchBytes);
            if (isLast && sender.Request.Sync == 0)
            {
                // Nobody asked.
                link.SyncOut = null;
                break;
            }

            var bytes = FrameCodec.Encode(frame);
            context.Emit(new ClusterEffect.Send(link.Id, bytes));
            if (isLast)
            {
                link.SyncOut = null;
            }
            else
            {
                link.Window.Sent(bytes.Length);
            }
        }
    }
}
