using System.Collections.Immutable;
using Compeer.Cluster.Exchange;
using Compeer.Cluster.Files;
using Compeer.Cluster.Handover;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster;

/// <summary>
/// One node's part of the cluster protocol, as a machine: inputs with a time on them go in, effects come out. It reads no
/// clock, opens no socket and starts no thread; one thread at a time calls it.
/// <para>
/// The shell carries out all effects of a call, in order, before its next call. It calls <see cref="Advance"/> when
/// <see cref="NextWake"/> is due, and first of all when it wakes after a pause.
/// </para>
/// </summary>
public sealed class ClusterMachine
{
    private readonly ClusterContext _context;
    private readonly LinkTable _links;
    private readonly ReportStore _reports;
    private readonly ConfigurationLedger _ledger;
    private readonly Lifecycle _life;
    private readonly ConfigurationWatch _configurations;
    private readonly PeerGroups _groups;
    private readonly Replicator _replicator;
    private readonly Broadcaster _broadcaster;
    private readonly Requests _requests;
    private readonly FrameHandler _frames;
    private readonly ContentTravel _travel;
    private readonly PollerWatch _pollers;
    private readonly PollerCoverage _coverage;
    private readonly Conclusions _conclusions;
    private PreparedObjects _objects;

    /// <summary>Makes the machine of a node that is starting. It does nothing until it is given its neighbours.</summary>
    /// <param name="options">Who it is and how patient.</param>
    /// <param name="objects">What is divided, until <see cref="TakeUp"/>.</param>
    /// <param name="registers">Where the values are.</param>
    /// <param name="streams">Where streams are kept; null for the database
    /// of the values, or, without one, the machine's own memory.</param>
    /// <exception cref="ArgumentException">The options break a rule that is named in the message.</exception>
    public ClusterMachine(ClusterOptions options, PreparedObjects objects, IRegisterSource registers, IStreamStore? streams = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(registers);
        if (options.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(options));
        }

        _objects = objects;
        var parts = new MachineParts(
            options, objects, registers, streams ?? (options.KeepsValues ? new StreamJournal() : new StreamMemory()));
        _context = parts.Context;
        _links = parts.Links;
        _reports = parts.Reports;
        _ledger = parts.Ledger;
        _life = parts.Life;
        _configurations = parts.Configurations;
        _groups = parts.Groups;
        _replicator = parts.Replicator;
        _broadcaster = parts.Broadcaster;
        _requests = parts.Requests;
        _frames = parts.Frames;
        _travel = parts.Travel;
        (_pollers, _coverage) = (parts.Pollers, parts.Coverage);
        _conclusions = parts.Conclusions;
        Storage = new ClusterStorage(_context, _replicator);
        Neighbours = new ClusterNeighbours(_links, parts.Clocks);
        Requests = new ClusterRequests(_requests, () => _objects.Keys, Begin, End);
    }

    /// <summary>When <see cref="Advance"/> is to be called at the latest, on the monotonic clock.</summary>
    public TimeSpan NextWake { get; private set; }

    /// <summary>What of its values is not in the database yet.</summary>
    public ClusterStorage Storage { get; }

    /// <summary>Its neighbours.</summary>
    public ClusterNeighbours Neighbours { get; }

    /// <summary>Words for the owners of objects.</summary>
    public ClusterRequests Requests { get; }

    /// <summary>Takes the configured neighbours, at the start and whenever they change.</summary>
    public void SetNeighbours(ClusterTime now, IReadOnlyList<Neighbour> neighbours, ClusterEffects effects)
    {
        ArgumentNullException.ThrowIfNull(neighbours);
        Begin(now, effects);
        var groups = PollerGroup.Of(neighbours);
        if (PollerGroup.ShapeOf(groups) != PollerGroup.ShapeOf(_context.Groups))
        {
            _context.Groups = groups;
            _groups.Regroup();
            _pollers.Regrouped(_objects.Keys);
        }

        _links.Configure(neighbours);
        _life.Begin(_objects.Keys.Count > 0);
        _links.Advance();
        End();
    }

    /// <summary>A connection to or from a configured neighbour is up, and the neighbour has proved who it is.</summary>
    /// <param name="now">The time.</param>
    /// <param name="link">A number that was not used before.</param>
    /// <param name="neighbour">Whose key the other end has.</param>
    /// <param name="dialledHere">Whether it answers a <see cref="ClusterEffect.Dial"/>.</param>
    /// <param name="address">Where the other end is, for people.</param>
    /// <param name="effects">Takes what is to be done.</param>
    public void LinkOpened(
        ClusterTime now, LinkId link, NodeId neighbour, bool dialledHere, string address, ClusterEffects effects)
    {
        Begin(now, effects);
        _links.Opened(link, neighbour, dialledHere, address);
        End();
    }

    /// <summary>A connection was lost. One that the machine closed itself need not be told.</summary>
    public void LinkClosed(ClusterTime now, LinkId link, string reason, ClusterEffects effects)
    {
        Begin(now, effects);
        if (_links.Find(link) is { } known)
        {
            _links.Lost(known, reason);
            if (known.Hello is not null)
            {
                _life.GivenUp();
            }
        }

        End();
    }

    /// <summary>A neighbour could not be reached, or could not prove who it is.</summary>
    public void DialFailed(ClusterTime now, NodeId neighbour, string reason, ClusterEffects effects)
    {
        Begin(now, effects);
        _links.DialFailed(neighbour, reason);
        End();
    }

    /// <summary>A frame came. One that breaks a rule of the protocol closes its link, with the reason.</summary>
    public void FrameReceived(ClusterTime now, LinkId link, ReadOnlyMemory<byte> frame, ClusterEffects effects)
    {
        Begin(now, effects);
        if (_links.Find(link) is { } known)
        {
            known.Hear(now);
            var read = FrameReader.Read(frame, _context.Options.MaxFrameBytes, out var problem);
            problem = read is null ? problem : _frames.Handle(known, read, frame.Length);
            if (read is LinkFrame.Objects objects && problem.Length == 0 && known.Neighbour.IsBelow)
            {
                _coverage.Take(known, objects, _objects.Keys);
            }

            if (read is LinkFrame.Request or LinkFrame.Answered && problem.Length == 0)
            {
                _requests.Receive(_objects.Keys, read);
            }

            if (problem.Length > 0)
            {
                _links.Refuse(known, problem);
            }

            if (_frames.TakeLaterRun() is { } later)
            {
                _life.YieldTo(later);
            }

            if (_frames.TakeGivenUp())
            {
                _life.GivenUp();
            }
        }

        End();
    }

    /// <summary>Whether another node owns an object by now and has written its state since: a result that this node gets of it is not
    /// to be taken, but said with <see cref="ResultDropped"/>.</summary>
    public bool IsOvertaken(int index) => _replicator.IsOvertaken(index);

    /// <summary>A check of an object came back and its result is not taken: nobody need wait for it.</summary>
    public void ResultDropped(ClusterTime now, int index, ClusterEffects effects)
    {
        Begin(now, effects);
        _groups.Own.Published(index);
        End();
    }

    /// <summary>Nothing about an object is being sent here any more: nobody need wait for it.</summary>
    public void SendingEnded(ClusterTime now, int index, ClusterEffects effects)
    {
        Begin(now, effects);
        _groups.Sending.Published(index);
        End();
    }

    /// <summary>This node's engine changed a register: the others get it. A next owner that waits for the object has it then.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such register.</exception>
    public void Publish(ClusterTime now, RegisterId id, ClusterEffects effects)
    {
        Begin(now, effects);
        _replicator.Publish(id);
        _groups.Own.Published(id.Object);
        End();
    }

    /// <summary>What was published and written leaves now: somebody is about to be told that it is done.</summary>
    public void Flush(ClusterTime now, ClusterEffects effects)
    {
        Begin(now, effects);
        _broadcaster.FlushUpdates();
        End();
    }

    /// <summary>
    /// Writes a value that the cluster keeps: a setting, an element of a set; null removes the element, for good: its key is never
    /// used again. The others get it.
    /// </summary>
    /// <returns>False when it cannot be kept: too long, too many, or an element that was removed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind, or it is not kept here, or it is no set.</exception>
    public bool Write(ClusterTime now, RegisterKey key, ReadOnlyMemory<byte>? payload, ClusterEffects effects, bool urgent = false)
    {
        Begin(now, effects);
        var isKept = _replicator.Writes.Write(key, payload ?? ReadOnlyMemory<byte>.Empty, isRemoval: payload is null);
        if (urgent)
        {
            _broadcaster.FlushUpdates();
        }

        End();
        return isKept;
    }

    /// <summary>Writes a value of an object, kept as the bytes that they are, of which its owner is the only writer.</summary>
    /// <returns>False when another node owns the object by now and has gone on: this one's word is nothing then.</returns>
    public bool WriteOwned(ClusterTime now, int index, RegisterKey key, ReadOnlyMemory<byte> payload, bool urgent, ClusterEffects effects)
    {
        Begin(now, effects);
        var isKept = _replicator.Writes.WriteOwned(index, key, payload);
        if (urgent)
        {
            _broadcaster.FlushUpdates();
        }

        End();
        return isKept;
    }

    /// <summary>
    /// Appends an entry to this node's own stream of a kind: every node gets it, once, and nothing replaces it. It is in the
    /// store when this returns.
    /// </summary>
    /// <returns>Its number in the stream; null when it is too long, beyond 32,768 bytes.</returns>
    public long? Append(ClusterTime now, StreamKind kind, ReadOnlyMemory<byte> payload, ClusterEffects effects)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)kind, (int)StreamKind.None, nameof(kind));
        Begin(now, effects);
        var number = _replicator.Append(kind, payload);
        End();
        return number;
    }

    /// <summary>The store of streams has at hand what it said it had to fetch.</summary>
    public void StreamsReady(ClusterTime now, ClusterEffects effects)
    {
        Begin(now, effects);
        _replicator.StreamsReady();
        End();
    }

    /// <summary>A value that the cluster keeps; null when there is none, or it was removed.</summary>
    public ReadOnlyMemory<byte>? Read(RegisterKey key) =>
        _replicator.Keyed.Find(key) is { IsRemoval: false } value ? value.Payload : (ReadOnlyMemory<byte>?)null;

    /// <summary>Answers a <see cref="ClusterEffect.Lose"/> or a <see cref="ClusterEffect.LoseSending"/>: these of its objects have a check
    /// in flight here, or a notification.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such object.</exception>
    public void HandOver(ClusterTime now, long handover, IReadOnlyList<int> running, ClusterEffects effects)
    {
        ArgumentNullException.ThrowIfNull(running);
        Begin(now, effects);
        _groups.HandOver(handover, running);
        End();
    }

    /// <summary>
    /// This node works by another configuration from now on; all numbers of objects are those of <paramref name="objects"/>
    /// afterwards. What it runs of the objects that stay it goes on running, as far as they are still its own. To be called
    /// when all effects of earlier calls are carried out, and after <see cref="Advance"/> with the same time: what
    /// a pause brings about is in the former numbers.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="objects">The objects, prepared elsewhere.</param>
    /// <param name="former">Per object its former number, or -1.</param>
    /// <param name="effects">Takes what is to be done.</param>
    /// <exception cref="ArgumentException">There is not one former number for each object.</exception>
    public void TakeUp(ClusterTime now, PreparedObjects objects, ImmutableArray<int> former, ClusterEffects effects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        if (former.Length != objects.Keys.Count)
        {
            throw new ArgumentException($"{former.Length} former numbers for {objects.Keys.Count} objects", nameof(former));
        }

        Begin(now, effects);
        _objects = objects;
        var joins = objects.Version is { Number: > 0, History: var history } && history != HistoryId.None
            && history != _context.Version.History;
        _context.TakeUp(_ledger.NumberOf(objects.Version, objects.Keys.Count > 0), objects.Objects.LongestCheck);
        _ledger.Remember();
        _groups.TakeUp(objects.ForGroup, former);
        var areNew = _replicator.TakeUp(objects.Keys, former.AsSpan());
        _pollers.Regrouped(objects.Keys);
        if (joins)
        {
            _life.JoinOthers();
        }
        else if (areNew && _groups.Held == 0)
        {
            _life.CatchUpWithObjects();
        }

        End();
    }

    /// <summary>Something about configurations or files that travel.</summary>
    public void Exchange(ClusterTime now, ExchangeInput input, ClusterEffects effects)
    {
        Begin(now, effects);
        _travel.Take(input);
        End();
    }

    /// <summary>This node is going to stop: hand everything over; <see cref="ClusterSnapshot.HandedOver"/> says when it is done.</summary>
    public void Leave(ClusterTime now, ClusterEffects effects)
    {
        Begin(now, effects);
        _life.Leave();
        End();
    }

    /// <summary>Time passed. Before <see cref="NextWake"/> it only looks at the clocks, so that it costs nothing to call it
    /// with every other input.</summary>
    public void Advance(ClusterTime now, ClusterEffects effects)
    {
        Begin(now, effects);
        if (now.Monotonic < NextWake)
        {
            return;
        }

        _links.Advance();
        _travel.Advance();
        _groups.Advance(now.Monotonic);
        if (_replicator.FlushAt <= now.Monotonic)
        {
            _broadcaster.FlushUpdates();
        }

        _broadcaster.SendDuePulses();
        _replicator.Advance();

        End();
    }

    /// <summary>What this node sees now.</summary>
    public ClusterSnapshot Snapshot() =>
        ClusterSnapshots.Of(_context, _life, _links, _reports, _groups, _replicator, _configurations, _pollers.Tiers, _travel);

    private void Begin(ClusterTime now, ClusterEffects effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        _context.Begin(now, effects);
        _life.See(now);
    }

    private void End() => NextWake = _conclusions.Draw(_objects.Keys);
}
