using System.Globalization;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Keeps the registers of all nodes equal: numbers and streams what is written here, stores and passes on what comes, and
/// catches up by comparing version vectors.
/// </summary>
internal sealed class Replicator(ClusterContext context, ObjectKeys objects, IRegisterSource registers)
{
    /// <summary>How long updates are collected for one frame.</summary>
    private static readonly TimeSpan FlushAfter = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan DriftLimit = TimeSpan.FromMinutes(1);

    private readonly List<ReplicationLink> _links = [];
    private readonly HybridLogicalClock _clock = new();
    private readonly RegisterTable _table = new(objects.Count);
    private readonly VersionVector _vector = new();
    private readonly int _maxPayload = ProtocolLimits.MaxPayload(context.Options.MaxFrameBytes);
    private readonly int _batchBytes = ProtocolLimits.BatchBytes(context.Options.MaxFrameBytes);
    private readonly Outbox _outbox = new(ProtocolLimits.BatchBytes(context.Options.MaxFrameBytes));
    private ObjectKeys _keys = objects;
    private long _sequence;
    private ulong _lastSync;
    private TimeSpan _flushAt = TimeSpan.MaxValue;

    public long UnknownKeys { get; private set; }

    public long Applied { get; private set; }

    /// <summary>When collected updates are to be sent.</summary>
    public TimeSpan FlushAt => _flushAt;

    /// <summary>This node is now another run: its writes are numbered anew.</summary>
    public void StartRun() => _sequence = context.Written = 0;

    /// <summary>Numbers and collects a write of this node. False when it cannot travel.</summary>
    public bool Publish(RegisterId id)
    {
        if (!RegisterTable.Knows(id.Kind) || (uint)id.Object >= (uint)_keys.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(id), id, "There is no such register.");
        }

        var payload = registers.Read(id);
        if (payload.Length > _maxPayload)
        {
            context.NoticeOnce(
                "payload",
                NoticeLevel.Warning,
                $"a value of {payload.Length} bytes is not replicated; at most {_maxPayload} bytes are");
            return false;
        }

        var clock = _clock.Next(context.Now.Wall);
        var update = new Update(context.Run, ++_sequence, clock, id.Kind, _keys.KeyOf(id.Object), payload.ToArray());
        _table.Write(_table.SlotOf(id), update.Run, update.Sequence, clock);
        _vector.Add(update.Run, update.Sequence);
        context.Written = _sequence;
        Collect(update, from: null);
        return true;
    }

    /// <summary>A link to a peer was greeted: it carries updates from now on.</summary>
    public void Greet(LinkId id, NodeId neighbour, string name) => _links.Add(new ReplicationLink(id, neighbour, name));

    /// <summary>A link ended.</summary>
    public void Forget(LinkId id) => _links.RemoveAll(link => link.Id == id);

    /// <summary>When the sync under way on a link brought something last; the beginning of time without one.</summary>
    public TimeSpan SyncProgressOf(LinkId id) => Find(id)?.SyncProgress ?? TimeSpan.Zero;

    /// <summary>Stores what is newer, and passes on what the neighbours may not get otherwise.</summary>
    public void Receive(LinkId id, LinkFrame.Updates frame)
    {
        var link = Of(id);
        foreach (var update in frame.Items)
        {
            // What this node wrote itself comes back to it by a sync only, when it had dropped the object meanwhile.
            if (frame.Sync == 0)
            {
                if (update.Run == context.Run || !_vector.Add(update.Run, update.Sequence))
                {
                    continue;
                }

                Collect(update, link);
            }

            _vector.See(new RunSequence(update.Run, update.Sequence));

            Store(link, update);
        }

        if (frame.Sync != 0 && frame.Sync == link.SyncIn)
        {
            link.SyncProgress = context.Monotonic;
        }

        Send(link, new LinkFrame.Ack(++link.UpdateFramesReceived));
    }

    /// <summary>Asks a neighbour for what it has and this node has not.</summary>
    public void RequestSync(LinkId id)
    {
        var link = Of(id);
        link.SyncIn = ++_lastSync;
        link.SyncProgress = context.Monotonic;
        Send(link, new LinkFrame.SyncRequest(link.SyncIn, _vector.Entries()));
    }

    /// <summary>Starts to answer such a request; one that is under way is dropped for it.</summary>
    public void Answer(LinkId id, LinkFrame.SyncRequest request)
    {
        var link = Of(id);
        link.SyncOut = Sender(request);
        Pump(link);
    }

    /// <summary>A neighbour's answer is complete. False for an answer that nobody waits for any more.</summary>
    public bool Complete(LinkId id, LinkFrame.SyncDone done)
    {
        var link = Of(id);
        if (done.Sync != link.SyncIn)
        {
            return false;
        }

        if (IsAboutSameObjects(done.Configuration))
        {
            Take(done);
        }

        foreach (var entry in done.Vector.Where(entry => entry.Run.Node == link.Neighbour))
        {
            _vector.See(entry);
        }

        link.SyncIn = 0;
        return true;
    }

    /// <summary>What arrived at the other end makes room for more. False when the count is impossible.</summary>
    public bool Acknowledge(LinkId id, LinkFrame.Ack ack)
    {
        var link = Of(id);
        if (!link.Window.Acknowledge(ack.Frames))
        {
            return false;
        }

        Pump(link);
        return true;
    }

    /// <summary>
    /// Compares with what a neighbour has at its pulse. What it had a pulse ago and this node still has not was lost on
    /// the way (a link that broke, a stream that was full): catch up.
    /// </summary>
    public void Compare(LinkId id, string configuration, IReadOnlyList<RunSequence> vector)
    {
        var link = Of(id);
        var lacking = IsAboutSameObjects(link.LastVector.Configuration)
            && link.LastVector.Vector.Any(entry => entry.Run != context.Run && !_vector.Covers(entry));
        link.LastVector = (configuration, vector);
        if (lacking && link.SyncIn == 0)
        {
            RequestSync(link.Id);
        }
    }

    /// <summary>
    /// Takes up other objects, whose version the context has already. Syncs under way are begun anew: from here because the
    /// slots have moved, to here because they may have brought what was let go.
    /// </summary>
    /// <param name="keys">The objects.</param>
    /// <param name="former">Per object the one that it was before, or -1.</param>
    /// <returns>Whether values of the added objects were let go before, so that they are asked for now.</returns>
    public bool TakeUp(ObjectKeys keys, ReadOnlySpan<int> former)
    {
        _keys = keys;
        foreach (var write in _table.Renumber(former))
        {
            _vector.Skip(write);
        }

        var isLacking = former.Contains(-1) && _vector.LowerToSkipped();
        foreach (var link in _links)
        {
            if (link.SyncOut is { } sender)
            {
                link.SyncOut = Sender(sender.Request);
                Pump(link);
            }

            if (isLacking || link.SyncIn != 0)
            {
                RequestSync(link.Id);
            }
        }

        return isLacking;
    }

    /// <summary>Whether all that a node had written when it made a report has come here.</summary>
    public bool HasHeard(NodeReport report) => _vector.HasSeen(new RunSequence(report.Run, report.Written));

    /// <summary>Who wrote the check state of an object that is here; null when there is none.</summary>
    public NodeId? WriterOf(int index)
    {
        var slot = _table.SlotOf(new RegisterId(RegisterKind.CheckState, index));
        return _table.IsWritten(slot) ? _table.Read(slot).Run.Node : null;
    }

    public IReadOnlyList<RunSequence> Vector() => _vector.Entries();

    /// <summary>Sends what was collected. Whatever refers to it must follow it, so everything else sent calls this first.</summary>
    public void Flush(Func<NodeId, NodeId, bool> areAdjacent)
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

            foreach (var frame in _outbox.FramesFor(link, areAdjacent))
            {
                context.Emit(new ClusterEffect.Send(link.Id, frame));
                link.Window.Sent(frame.Length);
            }
        }

        _outbox.Clear();
    }

    /// <summary>Whether collected updates fill a frame.</summary>
    public bool MustFlush => _outbox.IsFull;

    private ReplicationLink? Find(LinkId id) => _links.Find(link => link.Id == id);

    private ReplicationLink Of(LinkId id) => Find(id) ?? throw new InvalidOperationException("The link was not greeted.");

    private void Send(ReplicationLink link, LinkFrame frame) => context.Send(link.Id, frame);

    private void Store(ReplicationLink link, Update update)
    {
        _clock.Observe(update.Clock);
        NoticeDrift(link, update);
        if (!RegisterTable.Knows(update.Kind))
        {
            UnknownKeys++;
            return;
        }

        var index = _keys.Find(update.Key.Span);
        if (index < 0)
        {
            UnknownKeys++;
            _vector.Skip(new RunSequence(update.Run, update.Sequence));
            return;
        }

        var id = new RegisterId(update.Kind, index);
        var slot = _table.SlotOf(id);
        if (_table.IsOlderThan(slot, update.Stamp))
        {
            _table.Write(slot, update.Run, update.Sequence, update.Clock);
            Applied++;
            context.Emit(new ClusterEffect.Apply(id, update.Payload));
        }
    }

    private void Collect(Update update, ReplicationLink? from)
    {
        _outbox.Add(update, from);
        if (_flushAt == TimeSpan.MaxValue)
        {
            _flushAt = context.Monotonic + FlushAfter;
        }
    }

    private void Pump(ReplicationLink link)
    {
        while (link.SyncOut is { } sender && link.Window.Bytes < context.Options.MaxFrameBytes)
        {
            var (frame, isLast) = sender.Next(_table, _keys, registers, _batchBytes, _maxPayload);
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

    private SyncSender Sender(LinkFrame.SyncRequest request) =>
        new(request, new LinkFrame.SyncDone(request.Sync, _vector.Entries(), context.Version.Hash, _vector.Skipped()));

    /// <summary>
    /// Whether a vector is to be believed. One about another configuration's objects is not: its node let go updates of
    /// objects that this one has, also such as it wrote itself before its configuration lost them.
    /// </summary>
    private bool IsAboutSameObjects(string configuration) => configuration == context.Version.Hash;

    /// <summary>The neighbour has sent all that it had and this node had not.</summary>
    private void Take(LinkFrame.SyncDone done)
    {
        foreach (var entry in done.Vector)
        {
            _vector.Raise(entry);
        }

        // What the neighbour let go did not come, and counts as received all the same.
        foreach (var entry in done.Skipped)
        {
            _vector.Skip(entry);
        }

        // Own writes of dropped objects: whoever still had some has sent them. Others must be able to see by this node's
        // vector what they lack of it, so it cannot stay low for the sake of what nobody has any more.
        _vector.Raise(new RunSequence(context.Run, _sequence));
    }

    private void NoticeDrift(ReplicationLink link, Update update)
    {
        var ahead = HybridLogicalClock.Ahead(update.Clock, context.Now.Wall);
        if (ahead > DriftLimit)
        {
            context.NoticeOnce(
                "drift " + update.Run.Node,
                NoticeLevel.Warning,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"node {update.Run.Node} (seen through {link.Name}) stamps its values {ahead.TotalSeconds:0} s "
                    + $"ahead of this node's clock; check the time on both"));
        }
    }
}
