using System.Text;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;
using Compeer.Cluster.Wire;

namespace Compeer.Simulation.Replication;

/// <summary>One replicated store with everything around it that a node has: a clock, a disk, an engine's values.</summary>
internal sealed class StoreNode : IRegisterSource
{
    /// <summary>A neighbour that only listens: what this node writes is seen there as it goes out.</summary>
    public static readonly LinkId Recorder = new(long.MaxValue);

    private readonly StoreCluster _cluster;
    private readonly ClusterEffects _effects = new();
    private readonly HashSet<int> _held = [];
    private readonly HashSet<int> _inFlight = [];
    private ClusterContext _context = null!;
    private Replicator? _store;
    private TimeSpan _nextPulse;
    private int _recorded;
    private long _writes;
    private long _runs;

    public StoreNode(StoreCluster cluster, int index, int objects)
    {
        (_cluster, Index, Id) = (cluster, index, new NodeId((UInt128)(uint)(index + 1)));
        Values = new byte[]?[objects];
        Entries = new KeptEntries(cluster.MaxEntries, cluster.IsPending);
    }

    public int Index { get; }

    public NodeId Id { get; }

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>What it understands of the protocol.</summary>
    public Capabilities Capabilities { get; set; } = Capabilities.Own;

    public DurableState Disk { get; set; } = DurableState.Empty;

    public KeptEntries Entries { get; set; }

    /// <summary>Whether its streams are in memory, and are gone with it.</summary>
    public bool HasNoDatabase { get; init; }

    /// <summary>What its engine has of each object's state.</summary>
    public byte[]?[] Values { get; private set; }

    /// <summary>What its engine was told of settings and elements, by their keys.</summary>
    public Dictionary<RegisterKey, byte[]> Told { get; } = [];

    public bool IsRunning => _store is not null;

    public Replicator Store => _store ?? throw new InvalidOperationException($"node {Index} is not running");

    public IReadOnlyCollection<int> Held => _held;

    /// <summary>Objects that it lost while a check was in flight, whose result is still to come.</summary>
    public IReadOnlyCollection<int> InFlight => _inFlight;

    public List<string> Notices { get; } = [];

    private readonly Dictionary<NodeId, OriginKnowledge> _known = [];

    /// <summary>What it says it has.</summary>
    public IReadOnlyCollection<OriginKnowledge> Known
    {
        get
        {
            foreach (var entry in Store.PulseOf(Recorder).Changed)
            {
                _known[entry.Origin] = entry;
            }

            return _known.Values;
        }
    }

    public RegisterSubject SubjectOf(RegisterKey key, ReadOnlyMemory<byte> payload) =>
        key.Kind == RegisterKind.OperatorSettings ? new RegisterSubject(RegisterScope.Object, key.Key) : default;

    public ReadOnlyMemory<byte> Read(RegisterId id) => Values[id.Object] ?? [];

    public void Start()
    {
        _context = new ClusterContext(
            new ClusterOptions { Self = Id, Incarnation = ++_runs, Durable = Disk, SendWindowBytes = _cluster.WindowBytes },
            _cluster.Objects.Version,
            TimeSpan.FromSeconds(60));
        if (HasNoDatabase)
        {
            Entries = new KeptEntries(_cluster.MaxEntries, () => false);
        }

        Values = new byte[]?[_cluster.Objects.Keys.Count];
        Told.Clear();
        _known.Clear();
        _recorded = 0;
        _context.Begin(Now, _effects);
        _store = new Replicator(_context, _cluster.Objects.Keys, this, Entries, _cluster.AreAdjacent) { Holds = _held.Contains };
        Do(store =>
        {
            store.SetConfigured(_cluster.Configured, [], []);
            store.Greet(
                Recorder, new Neighbour(new NodeId(UInt128.MaxValue), "recorder", NeighbourKind.Peer, true, null), Capabilities.None);
        });
    }

    public void Crash()
    {
        _store = null;
        _held.Clear();
        _inFlight.Clear();
        _cluster.Twin.Forget(this);
    }

    public void Stop()
    {
        Do(store => store.Close());
        Crash();
    }

    public void Gain(int index)
    {
        _held.Add(index);
        Do(store => store.Gained([index]));
    }

    public void Lose(int index)
    {
        if (_held.Remove(index))
        {
            _inFlight.Add(index);
        }
    }

    /// <summary>The result of a check comes that was in flight when the object was lost: as a peer, the node asks whether it is still
    /// to be taken. False when it is not.</summary>
    public bool PublishLate(int index)
    {
        _inFlight.Remove(index);
        if (Store.IsOvertaken(index) && _cluster.Fault != StoreFault.LateResultTaken)
        {
            return false;
        }

        Publish(index);
        return true;
    }

    /// <summary>Its engine has a result of an object, whether it owns it or not.</summary>
    public void Publish(int index)
    {
        Values[index] = Text("state");
        Do(store => store.Publish(new RegisterId(RegisterKind.CheckState, index)));
    }

    public bool Write(RegisterKey key, bool isRemoval = false)
    {
        var payload = isRemoval ? [] : Text("value");
        var isKept = false;
        Do(store => isKept = store.Writes.Write(key, payload, isRemoval));
        if (isKept && isRemoval)
        {
            Told.Remove(key);
        }
        else if (isKept)
        {
            Told[key] = payload;
        }

        return isKept;
    }

    public void Append(StreamKind kind)
    {
        var payload = Text("entry");
        Do(store => _cluster.Twin.Appended(new StreamId(kind, Id), store.Append(kind, payload)!.Value, payload));
    }

    public void Append(StreamKind kind, byte[] payload) =>
        Do(store => _cluster.Twin.Appended(new StreamId(kind, Id), store.Append(kind, payload)!.Value, payload));

    /// <summary>Hears of writes from a neighbour that is no other node of the test.</summary>
    public void Hear(params Update[] updates)
    {
        foreach (var update in updates)
        {
            _cluster.Twin.Take(this, update);
        }

        Take(Recorder, new LinkFrame.Updates(0, updates), 100);
    }

    public void Do(Action<Replicator> input)
    {
        _effects.Clear();
        _context.Begin(Now, _effects);
        input(Store);
        foreach (var effect in _effects.Items.ToArray())
        {
            Follow(effect);
        }
    }

    public void Advance()
    {
        Do(store =>
        {
            if (store.FlushAt <= _cluster.Now || store.MustFlush)
            {
                store.Flush();
            }

            if (_nextPulse <= _cluster.Now)
            {
                _nextPulse = _cluster.Now + TimeSpan.FromSeconds(1);
                store.Flush();
                foreach (var link in _cluster.LinksOf(this))
                {
                    var (known, frames) = store.PulseOf(link.Id);
                    _context.Send(link.Id, new LinkFrame.Pulse(1, 0, 0, 0, 0, known, frames));
                }
            }

            store.Advance();
        });
        if (_recorded > 0)
        {
            Do(store => store.Acknowledge(Recorder, _recorded));
        }
    }

    /// <summary>Sends what it gathered.</summary>
    public void Flush() => Do(store => store.Flush());

    public void Greet(StoreLink link, StoreNode other) => Do(store =>
    {
        store.Greet(
            link.Id,
            new Neighbour(other.Id, $"node {other.Index}", NeighbourKind.Peer, Connect: true, DataTimeout: null),
            Capabilities & other.Capabilities);
        store.RequestSync(link.Id);
    });

    public void Take(LinkId link, LinkFrame frame, int bytes) => Do(store =>
    {
        switch (frame)
        {
            case LinkFrame.Pulse pulse:
                store.Compare(link, pulse.Known);
                Assert.True(store.Acknowledge(link, pulse.Frames), "more frames acknowledged than sent");
                break;
            case LinkFrame.Updates updates:
                store.Receive(link, updates, bytes);
                break;
            case LinkFrame.SyncRequest request:
                store.Answer(link, request);
                break;
            case LinkFrame.SyncDone done:
                store.Complete(link, done);
                break;
            case LinkFrame.Ack ack:
                Assert.True(store.Acknowledge(link, ack.Frames), "more frames acknowledged than sent");
                break;
            case LinkFrame.Seen seen:
                store.Learn(link, seen);
                break;
            case LinkFrame.Entries entries:
                store.Receive(link, entries, bytes);
                break;
            case LinkFrame.Streams streams:
                Assert.True(store.Hear(link, streams), "more entries acknowledged than sent");
                break;
            default:
                throw new InvalidOperationException($"a store takes no {frame.GetType().Name}");
        }
    });

    private ClusterTime Now => new(_cluster.Now, SimulatedSite.Origin + _cluster.Now + ClockAhead);

    private byte[] Text(string what) => Encoding.UTF8.GetBytes($"{what} {++_writes} of node {Index} in run {_cluster.Run}");

    private void Follow(ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.Send send when send.Link == Recorder:
                Record(send.Frame);
                break;
            case ClusterEffect.Send send:
                NoteOwn(send.Frame);
                _cluster.Sent(this, send.Link, send.Frame);
                break;
            case ClusterEffect.Apply apply:
                Values[apply.Register.Object] = apply.Payload.ToArray();
                break;
            case ClusterEffect.Changed { IsRemoval: true } changed:
                Told.Remove(changed.Register);
                break;
            case ClusterEffect.Changed changed:
                Told[changed.Register] = changed.Payload.ToArray();
                break;
            case ClusterEffect.Entered:
                // What the store has is looked at.
                break;
            case ClusterEffect.Persist persist:
                Disk = persist.State;
                break;
            case ClusterEffect.Notice notice:
                Notices.Add(notice.Text);
                break;
            default:
                throw new InvalidOperationException($"a store has no effect {effect.GetType().Name}");
        }
    }

    private void Record(ReadOnlyMemory<byte> bytes)
    {
        _recorded += FrameReader.Read(bytes, 1 << 20, out _) is LinkFrame.Updates ? 1 : 0;
        NoteOwn(bytes);
    }

    /// <summary>What goes out of this node's own is what it wrote.</summary>
    private void NoteOwn(ReadOnlyMemory<byte> bytes)
    {
        if (FrameReader.Read(bytes, 1 << 20, out _) is LinkFrame.Updates updates)
        {
            foreach (var update in updates.Items.Where(update => update.Origin == Id))
            {
                _cluster.Twin.Take(this, update);
            }
        }
    }
}
