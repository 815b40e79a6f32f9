using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>Keeps the values of all nodes equal: numbers, gathers, stores, passes on, and catches up where something is missing.</summary>
internal sealed class Replicator
{
    /// <summary>
    /// How long updates are gathered for one frame. A node that is lost takes as much with it; whatever refers to an update,
    /// as the word that a check has ended does, is preceded by it.
    /// </summary>
    public static readonly TimeSpan FlushAfter = TimeSpan.FromMilliseconds(200);

    // It was gathered where it was written, and along a line the times add up.
    private static readonly TimeSpan PassOnAfter = TimeSpan.FromMilliseconds(20);

    /// <summary>Bytes of updates that are received before they are acknowledged; with fewer the next pulse does it.</summary>
    private const int AcknowledgeAfter = 1 << 16;

    private readonly ClusterContext _context;
    private readonly List<ReplicationLink> _links = [];
    private readonly HybridLogicalClock _clock;
    private readonly WriteNumbers _numbers;
    private readonly Knowledge _knowledge = new();
    private readonly ValueStore _store;
    private readonly CatchUp _catchUp;
    private readonly KnowledgeSpread _spread;
    private readonly Renumbering _renumbering;
    private readonly Outbox _outbox;
    private readonly IRegisterSource _registers;
    private readonly Func<NodeId, NodeId, bool> _areAdjacent;
    private readonly int _baseEpoch;
    private TimeSpan _flushAt = TimeSpan.MaxValue;

    /// <param name="context">The node.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="registers">Where the values are.</param>
    /// <param name="areAdjacent">Whether two nodes tell each other what they write.</param>
    public Replicator(
        ClusterContext context, ObjectKeys objects, IRegisterSource registers, Func<NodeId, NodeId, bool> areAdjacent)
    {
        _context = context;
        _registers = registers;
        _areAdjacent = areAdjacent;
        _clock = new HybridLogicalClock(context.Options.Durable.ClockMark);
        _numbers = new WriteNumbers(context);
        _store = new ValueStore(context, objects, registers);
        _catchUp = new CatchUp(context, _store, _knowledge);
        _spread = new KnowledgeSpread(context, _store, _knowledge, _numbers);
        _renumbering = new Renumbering(context, _store, _knowledge, _numbers, _clock, Written);
        _outbox = new Outbox(ProtocolLimits.BatchBytes(context.Options.MaxFrameBytes));
        _baseEpoch = _store.HighestEpoch;
    }

    /// <summary>Whether this node owns an object now.</summary>
    public Func<int, bool> Holds { set => _store.Holds = value; }

    public long UnknownKeys => _store.Foreign;

    public long Applied => _store.Applied;

    /// <summary>Results of checks that came when somebody else had taken over and gone on.</summary>
    public long Late { get; private set; }

    /// <summary>When collected updates are to be sent.</summary>
    public TimeSpan FlushAt => _flushAt;

    /// <summary>Whether collected updates fill a frame.</summary>
    public bool MustFlush => _outbox.IsFull;

    /// <summary>The values that are kept here.</summary>
    public KeyedTable Keyed => _store.Keyed;

    /// <summary>Another process may have written in this node's name: this one goes on with numbers of its own.</summary>
    public void StartRun() => _renumbering.JumpAbove(_numbers.Last);

    /// <summary>This node stops: the next run goes on without a gap.</summary>
    public void Close()
    {
        _store.KeepEpoch();
        _numbers.Close(_clock);
    }

    /// <summary>These objects are this node's from now on: its writes outrank those of whoever had them before.</summary>
    public void Gained(ImmutableArray<int> objects)
    {
        foreach (var index in objects)
        {
            _store.Table.Gained(index);
        }
    }

    /// <summary>Numbers and collects a write of an object's state. False when it does not travel.</summary>
    public bool Publish(RegisterId id)
    {
        if (id.Kind != RegisterKind.CheckState || (uint)id.Object >= (uint)_store.Objects.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(id), id, "There is no such register.");
        }

        var slot = id.Object;
        var present = _store.Table.StampOf(slot);
        var epoch = _store.Table.EpochOfWrite(slot, _store.Holds(slot), _baseEpoch);
        if (epoch < present.Epoch)
        {
            Yield(slot);
            return false;
        }

        var payload = _registers.Read(id);
        if (_store.IsTooLong(payload))
        {
            return false;
        }

        var clock = _clock.Next(_context.Now.Wall, above: epoch == present.Epoch ? present.Clock : 0);
        var update = new Update(
            _context.Self, _numbers.Next(_clock), clock, id.Kind, _store.Objects.KeyOf(slot), payload.ToArray())
        { Epoch = epoch };
        _store.NoteEpoch(epoch);
        _store.Table.Write(slot, update.Origin, update.Sequence, update.Stamp);
        Written(update);
        return true;
    }

    /// <summary>Writes a value that is kept here, or removes an element of a set. False when there is no room for it.</summary>
    public bool Write(RegisterKey key, ReadOnlyMemory<byte> payload, bool isRemoval)
    {
        var kind = RegisterKinds.Of(key.Kind);
        if (!RegisterKinds.Knows(key.Kind) || kind.Merge == RegisterMerge.Owner || (isRemoval && kind.Merge != RegisterMerge.Set)
            || key.Key.Length is 0 or > ClusterObjects.MaxKeyBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(key), key, "There is no such register.");
        }

        var present = _store.Keyed.Find(key);
        if (present is { IsRemoval: true } || _store.IsTooLong(payload))
        {
            return false;
        }

        var update = new Update(
            _context.Self, _numbers.Next(_clock), _clock.Next(_context.Now.Wall, present?.Clock ?? 0), key.Kind,
            key.Key.ToArray(), payload.ToArray())
        {
            Setting = key.Setting,
            IsRemoval = isRemoval,
        };
        if (!_store.Keyed.Put(update))
        {
            return false;
        }

        Written(update);
        return true;
    }

    /// <summary>The engine cannot write a value again as it came: the bytes are kept, to be passed on.</summary>
    public void KeepAsCame(RegisterId id, ReadOnlyMemory<byte> payload)
    {
        var slot = id.Object;
        if (_store.Table.IsWritten(slot) && _store.Table.AsCame(slot) is null)
        {
            var (origin, sequence) = _store.Table.WriteOf(slot);
            var stamp = _store.Table.StampOf(slot);
            _store.Table.KeepAsCame(
                slot,
                new Update(origin, sequence, stamp.Clock, id.Kind, _store.Objects.KeyOf(slot), payload.ToArray()) { Epoch = stamp.Epoch });
        }
    }

    /// <summary>A link to a peer was greeted: it carries updates from now on.</summary>
    public void Greet(LinkId id, NodeId neighbour, string name) => _links.Add(new ReplicationLink(id, neighbour, name));

    /// <summary>A link ended.</summary>
    public void Forget(LinkId id) => _links.RemoveAll(link => link.Id == id);

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
            if (update.Origin == _context.Self && update.Sequence > _numbers.Last)
            {
                _renumbering.JumpAbove(update.Sequence);
            }

            var isNew = _knowledge.Add(update.Origin, update.Sequence);
            if (frame.Sync == 0)
            {
                if (!isNew)
                {
                    continue;
                }

                if (update.Origin != origin)
                {
                    // Mostly one for the whole frame; and among peers that all see each other nothing is passed on, nor waits for it.
                    origin = update.Origin;
                    isPassedOn = _links.Exists(other => Outbox.IsFor(other, update.Origin, link, _areAdjacent));
                }

                if (isPassedOn)
                {
                    Collect(update, link);
                }
            }

            _clock.Observe(update.Clock, _context.Now.Wall);
            if (!_store.Take(update))
            {
                _knowledge.Drop(update.Origin, update.Sequence);
            }
        }

        Defend();
        if (frame.Sync != 0 && frame.Sync == link.SyncIn)
        {
            link.SyncProgress = _context.Monotonic;
        }

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
    }

    /// <summary>A neighbour's answer is complete. False for an answer that nobody waits for any more.</summary>
    public bool Complete(LinkId id, LinkFrame.SyncDone done)
    {
        _renumbering.Notice(done.Known);
        if (!_catchUp.Complete(Of(id), done))
        {
            return false;
        }

        // Whoever had something of this run's has sent it.
        _knowledge.Add(_context.Self, new WriteRange(_numbers.First, _numbers.Last));
        return true;
    }

    /// <summary>What arrived at the other end makes room for more. False when the count is impossible.</summary>
    public bool Acknowledge(LinkId id, long frames)
    {
        var link = Of(id);
        if (!link.Window.Acknowledge(frames))
        {
            return false;
        }

        _catchUp.Pump(link);
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
        var changed = _knowledge.EntriesSince(link.ToldChanges);
        link.ToldChanges = _knowledge.Changes;
        return (changed, TakeAcknowledgement(link));
    }

    /// <summary>What a neighbour knows of what others vouch for.</summary>
    public void Learn(LinkFrame.Seen frame) => _spread.Receive(frame);

    /// <summary>The nodes that anybody's configuration names.</summary>
    public void SetConfigured(ImmutableArray<NodeId> nodes) => _spread.Configured = nodes;

    /// <summary>What is to be done at a low rate.</summary>
    public void Advance(Func<LinkId, bool> spreadsTo) => _spread.Advance(_links, spreadsTo);

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

        Defend();
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
        _flushAt = TimeSpan.MaxValue;
        if (_outbox.IsEmpty)
        {
            return;
        }

        foreach (var link in _links)
        {
            if (link.Window.IsFull)
            {
                continue;
            }

            foreach (var frame in _outbox.FramesFor(link, _areAdjacent))
            {
                _context.Emit(new ClusterEffect.Send(link.Id, frame));
                link.Window.Sent(frame.Length);
            }
        }

        _outbox.Clear();
    }

    private static long TakeAcknowledgement(ReplicationLink link)
    {
        link.BytesReceived = 0;
        return link.FramesReceived;
    }

    private ReplicationLink? Find(LinkId id) => _links.Find(link => link.Id == id);

    private ReplicationLink Of(LinkId id) => Find(id) ?? throw new InvalidOperationException("The link was not greeted.");

    private void Written(Update update)
    {
        _store.KeepEpoch();
        _knowledge.Add(update.Origin, update.Sequence);
        _context.Written = update.Sequence;
        Collect(update, from: null);
    }

    private void Collect(Update update, ReplicationLink? from)
    {
        if (_links.Count == 0)
        {
            return;
        }

        var latest = _context.Monotonic + (from is null ? FlushAfter : PassOnAfter);
        _flushAt = _outbox.IsEmpty || latest < _flushAt ? latest : _flushAt;
        _outbox.Add(update, from);
    }

    /// <summary>
    /// This node's result came too late: another owns the object and has gone on. The engine has it in the place of the newer
    /// value, which is asked for again.
    /// </summary>
    private void Yield(int slot)
    {
        Late++;
        var (origin, sequence) = _store.Table.WriteOf(slot);
        _knowledge.Remove(origin, new WriteRange(sequence, sequence));
        _store.Table.Clear(slot);
        foreach (var link in _links)
        {
            _catchUp.Request(link);
        }
    }

    /// <summary>Writes again what stays against a value that would have outranked it.</summary>
    private void Defend()
    {
        while (_store.Contested.TryDequeue(out var slot))
        {
            Publish(new RegisterId(RegisterKind.CheckState, slot));
        }
    }
}
