using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>Keeps the values of all nodes equal: numbers, gathers, stores, passes on, and catches up where something is missing.</summary>
internal sealed class Replicator
{
    /// <summary>Bytes of updates that are received before they are acknowledged; with fewer the next pulse does it.</summary>
    private const int AcknowledgeAfter = 1 << 16;

    private readonly ClusterContext _context;
    private readonly List<ReplicationLink> _links = [];
    private readonly Knowledge _knowledge = new();
    private readonly ValueStore _store;
    private readonly Scopes _scopes;
    private readonly LocalWrites _writes;
    private readonly CatchUp _catchUp;
    private readonly KnowledgeSpread _spread;
    private readonly Renumbering _renumbering;
    private readonly LiveStream _live;
    private readonly StreamExchange _streams;

    /// <param name="context">The node.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="registers">Where the values are.</param>
    /// <param name="streams">Where streams are kept.</param>
    /// <param name="areAdjacent">Whether two nodes tell each other what they write.</param>
    public Replicator(
        ClusterContext context,
        ObjectKeys objects,
        IRegisterSource registers,
        IStreamStore streams,
        Func<NodeId, NodeId, bool> areAdjacent)
    {
        _context = context;
        _store = new ValueStore(context, objects, registers);
        _scopes = new Scopes(_store, registers);
        _live = new LiveStream(context, _links, _scopes, areAdjacent);
        _writes = new LocalWrites(context, _store, _knowledge, registers, update => _live.Add(update, from: null));
        _catchUp = new CatchUp(context, _store, _scopes, _knowledge);
        _spread = new KnowledgeSpread(context, _store, _knowledge, _writes.Numbers, areAdjacent);
        _renumbering = new Renumbering(context, _store, _knowledge, _writes.Numbers, _writes.Clock, _writes.Written);
        _streams = new StreamExchange(context, streams);
        Storing = new ValueStorage(context, _store, _knowledge, _writes, _renumbering, _streams);
    }

    /// <summary>Whether this node owns an object now.</summary>
    public Func<int, bool> Holds { set => _store.Holds = value; }

    public long UnknownKeys => _store.Foreign;

    public long Applied => _store.Applied;

    /// <summary>When collected updates and entries are to be sent.</summary>
    public TimeSpan FlushAt => _live.FlushAt < _streams.SendAt ? _live.FlushAt : _streams.SendAt;

    /// <summary>What this node has of streams.</summary>
    public StreamTable Streams => _streams.Table;

    /// <summary>Whether collected updates fill a frame.</summary>
    public bool MustFlush => _live.IsFull;

    /// <summary>Whether updates are left out on a link, to be caught up with later.</summary>
    public bool IsHeldUp => _links.Exists(link => link.Window.IsFull);

    /// <summary>The values that are kept here.</summary>
    public KeyedTable Keyed => _store.Keyed;

    /// <summary>Another process may have written in this node's name: this one goes on with numbers of its own.</summary>
    public void StartRun()
    {
        _renumbering.JumpAbove(_writes.Numbers.Last);
        _streams.StartRun();
    }

    /// <summary>
    /// This node begins to act. It goes on with the numbers where its last run ended if somebody says that it ended there. Else a
    /// backup, or a disk that lost its last write, may know nothing of numbers that were given, and nobody here either: they begin
    /// where no other run's do, by the time of its start.
    /// </summary>
    public void Act()
    {
        if (!_renumbering.IsContinued)
        {
            _renumbering.JumpAbove(WriteNumbers.Of(_context.Run));
        }
    }

    /// <summary>This node stops: the next run goes on without a gap.</summary>
    public void Close()
    {
        _store.KeepEpoch();
        _writes.Numbers.Close(_writes.Clock);
        _streams.Close();
    }

    /// <summary>What is kept in a database.</summary>
    public ValueStorage Storing { get; }

    /// <summary>These objects are this node's from now on: its writes outrank those of whoever had them before.</summary>
    public void Gained(ImmutableArray<int> objects)
    {
        foreach (var index in objects)
        {
            _store.Table.Gained(index);
        }
    }

    /// <summary>These objects are not this node's any more; whether nobody else had them meanwhile.</summary>
    public void Lost(ImmutableArray<int> objects, bool wasAlone) => _writes.Lost(objects, wasAlone);

    /// <inheritdoc cref="LocalWrites.Settle"/>
    public void Settled() => _writes.Settle();

    /// <inheritdoc cref="LocalWrites.IsOvertaken"/>
    public bool IsOvertaken(int slot) => _writes.IsOvertaken(slot);

    /// <summary>Numbers and collects a write of an object's state.</summary>
    public void Publish(RegisterId id)
    {
        if (!_writes.Publish(id))
        {
            _links.ForEach(_catchUp.Request);
        }
    }

    /// <summary>What this node writes of values that are kept here.</summary>
    public LocalWrites Writes => _writes;

    /// <inheritdoc cref="StreamExchange.Append"/>
    public long? Append(StreamKind kind, ReadOnlyMemory<byte> payload) => _streams.Append(kind, payload);

    /// <summary>The store of streams has fetched what it had not at hand.</summary>
    public void StreamsReady() => _streams.SendAll();

    /// <summary>The engine cannot write a value again as it came: the bytes are kept, to be passed on.</summary>
    public void KeepAsCame(RegisterId id, ReadOnlyMemory<byte> payload)
    {
        if (id.Object is var slot && _store.Table.IsWritten(slot) && _store.Table.AsCame(slot) is null)
        {
            var (origin, sequence) = _store.Table.WriteOf(slot);
            var stamp = _store.Table.StampOf(slot);
            _store.Table.KeepAsCame(
                slot,
                new Update(origin, sequence, stamp.Clock, id.Kind, _store.Objects.KeyOf(slot), payload.ToArray()) { Epoch = stamp.Epoch });
        }
    }

    /// <summary>A link was greeted: it carries updates from now on.</summary>
    public void Greet(LinkId id, Neighbour neighbour, Capabilities capabilities)
    {
        var side = neighbour.Kind switch
        {
            NeighbourKind.Master => LinkSide.Above,
            NeighbourKind.Poller => LinkSide.Below,
            _ => LinkSide.Peer,
        };
        var link = new ReplicationLink(id, neighbour.Id, neighbour.Name, side, capabilities, _context.Options.SendWindowBytes);
        _links.Add(link);
        _streams.Greet(link);
    }

    /// <summary>A link ended.</summary>
    public void Forget(LinkId id)
    {
        if (Find(id) is { } link)
        {
            _links.Remove(link);
            _streams.Forget(link);
        }
    }

    /// <summary>When the sync under way on a link brought something last; the beginning of time without one.</summary>
    public TimeSpan SyncProgressOf(LinkId id) => Find(id)?.SyncProgress ?? TimeSpan.Zero;

    /// <summary>Stores what is newer, and passes on what the neighbours may not get otherwise.</summary>
    public void Receive(LinkId id, LinkFrame.Updates frame, int frameBytes)
    {
        var link = Of(id);
        NodeId? origin = null;
        var isPassedOn = false;
        foreach (var update in frame.Items)
        {
            if (update.Origin == _context.Self && update.Sequence > _writes.Numbers.Last)
            {
                _renumbering.JumpAbove(update.Sequence);
            }

            // Also in a sync: what was under way for long may be older than what came meanwhile and is gone again.
            if (!_knowledge.Add(update.Origin, update.Sequence))
            {
                continue;
            }

            if (update.Origin != origin)
            {
                // Mostly one for the whole frame; and among peers that all see each other nothing is passed on, nor waits for it.
                origin = update.Origin;
                isPassedOn = _live.IsPassedOn(update.Origin, link);
            }

            // Also what catching up brings: who does not hear the other end would have it only a pulse later, and so on at each hop.
            if (isPassedOn)
            {
                _live.Add(update, link);
            }

            CatchUp.Arrive(update, link, _links);
            _writes.Clock.Observe(update.Clock, _context.Now.Wall);
            if (!_store.Take(update))
            {
                _knowledge.Drop(update.Origin, update.Sequence);
            }
        }

        _writes.Defend();
        _catchUp.Take(link, frame);
        link.FramesReceived++;
        link.BytesReceived += frameBytes;
        if (link.BytesReceived >= AcknowledgeAfter)
        {
            _context.Send(id, new LinkFrame.Ack(TakeAcknowledgement(link)));
        }
    }

    /// <summary>Asks a neighbour for what it has and this node has not.</summary>
    public void RequestSync(LinkId id) => _catchUp.Request(Of(id));

    /// <summary>Starts to answer such a request; one that is under way is dropped for it.</summary>
    public void Answer(LinkId id, LinkFrame.SyncRequest request)
    {
        _renumbering.Notice(request.Known);
        _catchUp.Answer(Of(id), request);
        _streams.Send(Of(id));
    }

    /// <summary>A neighbour's answer is complete. False for an answer that nobody waits for any more.</summary>
    public bool Complete(LinkId id, LinkFrame.SyncDone done)
    {
        _renumbering.Notice(done.Known);
        if (!_catchUp.Complete(Of(id), done, out var removed))
        {
            return false;
        }

        // Whoever had something of this run's has sent it.
        _knowledge.Add(_context.Self, new WriteRange(_writes.Numbers.First, _writes.Numbers.Last));
        _writes.RemoveAgain(removed);
        return true;
    }

    /// <summary>Entries of a stream came.</summary>
    public void Receive(LinkId id, LinkFrame.Entries frame, int frameBytes) => _streams.Receive(Of(id), frame, frameBytes);

    /// <summary>What a neighbour has of streams, wants and got. False when it got more than was sent.</summary>
    public bool Hear(LinkId id, LinkFrame.Streams frame) => _streams.Hear(Of(id), frame);

    /// <summary>What arrived at the other end makes room for more. False when the count is impossible.</summary>
    public bool Acknowledge(LinkId id, long frames)
    {
        var link = Of(id);
        if (!link.Window.Acknowledge(frames))
        {
            return false;
        }

        _catchUp.Pump(link);
        _catchUp.PayOwed(link);
        _streams.Send(link);
        return true;
    }

    /// <summary>A pulse says what a neighbour has, as far as it changed.</summary>
    public void Compare(LinkId id, IReadOnlyList<OriginKnowledge> changed)
    {
        _renumbering.Notice(changed);
        _catchUp.Compare(Of(id), changed);
    }

    /// <summary>What a pulse on a link is to say: what this node has, as far as it changed, and how much arrived.</summary>
    public (IReadOnlyList<OriginKnowledge> Changed, long Frames) PulseOf(LinkId id)
    {
        var link = Of(id);
        var changed = Scopes.Claims(link, _knowledge.EntriesSince(link.ToldChanges));
        link.ToldChanges = _knowledge.Changes;
        return (changed, TakeAcknowledgement(link));
    }

    /// <summary>What a neighbour knows of what others vouch for.</summary>
    public void Learn(LinkId id, LinkFrame.Seen frame) => _spread.Receive(Of(id), frame);

    /// <summary>The nodes that anybody's configuration names.</summary>
    /// <param name="group">Those of this node's group.</param>
    /// <param name="above">Its masters.</param>
    /// <param name="below">Its pollers.</param>
    public void SetConfigured(ImmutableArray<NodeId> group, ImmutableArray<NodeId> above, ImmutableArray<NodeId> below) =>
        _spread.Configure(group, above, below);

    /// <summary>The part of the objects that a poller has.</summary>
    public Func<NodeId, bool[]?> PartOf { set => _scopes.PartOf = value; }

    /// <summary>Pollers are to have other objects than before, or lost sight of who told them of what is passed on here.</summary>
    public void Owe(Func<NodeId, bool> isOwed)
    {
        foreach (var link in _links)
        {
            link.Owes |= link.Side == LinkSide.Below && isOwed(link.Neighbour);
            _catchUp.PayOwed(link);
        }
    }

    /// <summary>What is to be done at a low rate; what nodes vouch for is told behind what was gathered.</summary>
    public void Advance()
    {
        if (_spread.IsDue)
        {
            Flush();
            _spread.Advance(_links);
        }

        _streams.Advance();
    }

    /// <summary>Remembers the values of objects that the next configuration does not have, while they can be read.</summary>
    public void KeepRemoved(ReadOnlySpan<int> former) => _store.KeepRemoved(former);

    /// <summary>
    /// Takes up other objects, whose version the context has already. What was let go for want of room is asked for again
    /// when objects were added: there may be use for it now.
    /// </summary>
    /// <param name="keys">The objects.</param>
    /// <param name="former">Per object the one that it was before, or -1.</param>
    /// <returns>Whether something is asked for.</returns>
    public bool TakeUp(ObjectKeys keys, ReadOnlySpan<int> former)
    {
        foreach (var (origin, sequence) in _store.TakeUp(keys, former))
        {
            _knowledge.Drop(origin, sequence);
        }

        _writes.Defend();
        var isLacking = former.Contains(-1) && _knowledge.AskAgain();
        foreach (var link in _links)
        {
            _catchUp.Restart(link);
            if (isLacking)
            {
                _catchUp.Request(link);
            }
        }

        return isLacking;
    }

    /// <summary>Whether all that a node had written when it made a report has come here.</summary>
    public bool HasHeard(NodeReport report) => report.Written == 0 || _knowledge.TopOf(report.Node) >= report.Written;

    /// <summary>Who wrote the check state of an object that is here; null when there is none.</summary>
    public NodeId? WriterOf(int index) => _store.Table.IsWritten(index) ? _store.Table.WriteOf(index).Origin : null;

    /// <summary>Sends what was collected. Whatever refers to it must follow it, so everything else sent calls this first.</summary>
    public void Flush()
    {
        _live.Flush();

        if (_streams.SendAt < TimeSpan.MaxValue)
        {
            _streams.SendAll();
        }
    }

    private static long TakeAcknowledgement(ReplicationLink link)
    {
        link.BytesReceived = 0;
        return link.FramesReceived;
    }

    private ReplicationLink? Find(LinkId id) => _links.Find(link => link.Id == id);

    private ReplicationLink Of(LinkId id) => Find(id) ?? throw new InvalidOperationException("The link was not greeted.");
}
