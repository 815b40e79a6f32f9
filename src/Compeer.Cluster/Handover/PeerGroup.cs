using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Compeer.Cluster.Division;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Handover;

/// <summary>
/// The group of nodes that this one divides a kind of work with, and the groups below: who they are, whose what is, what this node does,
/// and the passing on. What is not its own any more is given up at once, what becomes its own is taken when everybody else who may
/// have run it has said that it gave it up. Nothing runs twice as long as the nodes can see each other; who does not answer
/// in time is not waited for.
/// </summary>
/// <param name="context">What the parts of the machine share.</param>
/// <param name="objects">What the group divides.</param>
/// <param name="hasHeard">Whether all that a node had written when it made a report is here.</param>
/// <param name="duty">The kind of work.</param>
internal sealed class PeerGroup(ClusterContext context, GroupObjects objects, Func<NodeReport, bool> hasHeard, PeerDuty duty)
{
    private readonly Holdings _held = new(objects.Keys.Count);
    private readonly OpenHandovers _open = new(duty.Number);
    private GroupObjects _objects = objects;
    private ObjectSets _sets = duty.SetsOf(objects);
    private Takeover? _takeover;
    private bool _isConfirmed;
    private bool _isSettled;

    /// <summary>Is told what this node gains, before the shell is.</summary>
    public Action<ImmutableArray<int>> Gained { get; set; } = _ => { };

    /// <summary>Is told what this node gives up, before the shell is, and whether it ran that alone: all others had said that they
    /// act on the view that ends.</summary>
    public Action<ImmutableArray<int>, bool> Lost { get; set; } = (_, _) => { };

    /// <summary>Is told, once in each view, that all others act on it and that what they wrote before is here: whatever this node holds
    /// is its alone, and what others wrote of it, as in a split, is older.</summary>
    public Action Settled { get; set; } = () => { };

    public ClusterView View { get; private set; } = ClusterView.Empty;

    /// <summary>Which objects are which group's.</summary>
    public ObjectSets Sets => _sets;

    /// <summary>Per object the index of its owner among <see cref="ClusterView.Owning"/>.</summary>
    public ImmutableArray<short> Owners { get; private set; } = [.. Enumerable.Repeat(LoadDivision.NoOwner, objects.Keys.Count)];

    /// <summary>How many objects this node runs.</summary>
    public int Held => _held.Count;

    /// <summary>Whether this node runs an object.</summary>
    public bool Holds(int index) => _held[index];

    /// <summary>Whether this node is to run an object, and waits for others that may still do so.</summary>
    public bool Awaits(int index) => _takeover is { } takeover && takeover.Objects.BinarySearch(index) >= 0;

    /// <summary>Whether all others act on the present view, as far as is known here: what it took from them they have given up.</summary>
    public bool IsConfirmed => _isConfirmed;

    /// <summary>Whose share an object is in the present view; null when it is nobody's.</summary>
    public NodeId? OwnerOf(int index) => Owners[index] is >= 0 and var owner ? View.Owning[owner] : null;

    /// <summary>The owners, but for objects that are in no configuration in force: those are nobody's.</summary>
    public ImmutableArray<short> OwnersWithout(ImmutableArray<int> nobodys)
    {
        if (nobodys.IsEmpty)
        {
            return Owners;
        }

        var owners = Owners.ToBuilder();
        foreach (var index in nobodys)
        {
            owners[index] = LoadDivision.NoOwner;
        }

        return owners.MoveToImmutable();
    }

    /// <summary>What still runs here of given up objects.</summary>
    public RunningChecks Running { get; } = new();

    /// <summary>The fingerprint to report: of the present view when all that it takes away was given up, be it nothing. Who holds nothing
    /// says so too: another may know an old report of it only, and it may have taken something since.</summary>
    public ulong Applied => IsAnswered ? View.Fingerprint : _open.AppliedBefore;

    /// <summary>Whether the shell has said of all that was given up what runs of it.</summary>
    public bool IsAnswered => _open.AreAnswered;

    /// <summary>
    /// This node gave up all that it had, and all others of the component act on the view that says so.
    /// </summary>
    public bool IsTakenByAll => Held == 0 && IsAnswered && View.Related.All(report =>
        report.Node == context.Self || ActsOnView(report));

    /// <summary>When <see cref="TakePending"/> or <see cref="RunningChecks.Advance"/> has something to do without another
    /// input.</summary>
    public TimeSpan NextWake
    {
        get
        {
            var takeover = _takeover?.NextWake(context.Monotonic, LongestCheck()) ?? TimeSpan.MaxValue;
            return takeover < Running.NextWake ? takeover : Running.NextWake;
        }
    }

    /// <summary>Takes up a new view: gives up what it takes away, and notes what it brings.</summary>
    public void Follow(ClusterView view)
    {
        if (view.Fingerprint == View.Fingerprint)
        {
            View = view;
            return;
        }

        var applied = Applied;
        View = view;
        Owners = duty.Owners(view);
        var self = view.Members.BinarySearch(context.Self);
        var lost = ImmutableArray.CreateBuilder<int>();
        var pending = ImmutableArray.CreateBuilder<int>();
        for (var i = 0; i < _held.Objects; i++)
        {
            var isOwn = self >= 0 && Owners[i] == self;
            if (_held[i] && !isOwn)
            {
                lost.Add(i);
            }
            else if (isOwn && !_held[i])
            {
                pending.Add(i);
            }
        }

        _takeover = pending.Count == 0 ? null
            : new Takeover(pending.DrainToImmutable(), context.Monotonic, context.Options.HandoverTimeout, _takeover);
        if (lost.Count > 0)
        {
            var given = lost.DrainToImmutable();
            _held.GiveUp(given);
            Lost(given, _isConfirmed);
            context.Emit(duty.Lose(given, _open.Begin(applied), false));
        }

        (_isConfirmed, _isSettled) = (false, false);
    }

    /// <summary>
    /// Takes up other objects: what is held of those that stay is still held, the others are gone. Whose they all are is
    /// for <see cref="Follow"/> to say, with the report of this change.
    /// </summary>
    /// <exception cref="InvalidOperationException">The shell has not said yet what runs of the objects it gave up.</exception>
    public void TakeUp(GroupObjects next, ReadOnlySpan<int> former)
    {
        if (!IsAnswered)
        {
            throw new InvalidOperationException("A handover is not answered yet; its objects are numbered by the former configuration.");
        }

        var owners = new short[next.Keys.Count];
        Array.Fill(owners, LoadDivision.NoOwner);
        _held.Renumber(former);
        _objects = next;
        _sets = duty.SetsOf(next);
        _takeover = null;
        Owners = ImmutableCollectionsMarshal.AsImmutableArray(owners);
        Running.Keep(_objects.Keys.HasHash);
    }

    /// <summary>Other groups of pollers are named: whose what is then is for <see cref="Follow"/> to say.</summary>
    public void Regroup() => _sets = duty.SetsOf(_objects);

    /// <summary>
    /// Gives up everything at once: this node was away and others may run it all. No result of a check that is in flight
    /// here counts, whenever its object was given up.
    /// </summary>
    public void Discard()
    {
        var lost = _held.All();
        _held.GiveUp(lost);
        _takeover = null;
        Running.Clear();
        context.Emit(duty.Lose(lost, _open.BeginUnanswered(), true));
    }

    /// <summary>The shell says which of the objects given up have a check in flight.</summary>
    public void HandOver(long handover, IReadOnlyList<int> running)
    {
        if (!_open.Answer(handover))
        {
            return;
        }

        foreach (var index in running)
        {
            if ((uint)index >= (uint)_held.Objects)
            {
                throw new ArgumentOutOfRangeException(nameof(running), index, "There is no such object.");
            }

            if (!_held[index])
            {
                Running.Add(_objects.Keys.HashOf(index), context.Monotonic + _objects.LongestCheck);
            }
        }
    }

    /// <summary>What ran came to its end, and the others have what came of it: nobody needs to wait for it any more.</summary>
    public void Published(int index) => Running.Remove(_objects.Keys.HashOf(index));

    /// <summary>Takes what is this node's own and that nobody else runs any more.</summary>
    public void TakePending()
    {
        var late = _isConfirmed ? null : Late();
        _isConfirmed = late is null;
        if (_takeover is null && _isSettled)
        {
            return;
        }

        var heard = View.Related.All(report => report.Node == context.Self || !View.Heard.Contains(report.Node) || hasHeard(report));
        if (_isConfirmed && heard && !_isSettled)
        {
            _isSettled = true;
            Settled();
        }

        if (_takeover is not { } takeover)
        {
            return;
        }

        if (!takeover.MayTake(context.Monotonic, late is null, heard))
        {
            return;
        }

        if (takeover.IsWithoutWord && late is not null)
        {
            context.NoticeOnce(
                $"unconfirmed {late.Node}",
                NoticeLevel.Warning,
                $"node {late.Node} did not confirm in time that it gave up its former share; it is taken over all the same");
        }

        var elsewhere = RunningElsewhere(takeover);
        var gained = elsewhere.Count == 0 ? takeover.Objects
            : takeover.Objects.RemoveAll(index => elsewhere.Contains(_objects.Keys.HashOf(index)));
        if (gained.Length < takeover.Objects.Length)
        {
            takeover.Keep([.. takeover.Objects.Where(index => elsewhere.Contains(_objects.Keys.HashOf(index)))]);
        }
        else
        {
            _takeover = null;
        }

        if (!gained.IsEmpty)
        {
            Take(gained);
        }
    }

    private void Take(ImmutableArray<int> gained)
    {
        _held.Take(gained);
        foreach (var index in gained)
        {
            Running.Remove(_objects.Keys.HashOf(index));
        }

        Gained(gained);
        var clock = duty.Writers(gained[0]);
        if (gained.All(index => duty.Writers(index) == clock))
        {
            context.Emit(duty.Gain(gained, clock));
            return;
        }

        foreach (var sameClock in gained.GroupBy(duty.Writers).OrderBy(group => group.Key))
        {
            context.Emit(duty.Gain([.. sameClock], sameClock.Key));
        }
    }

    /// <summary>What others still have something of in flight, as long as that is worth waiting for.</summary>
    private HashSet<ulong> RunningElsewhere(Takeover takeover)
    {
        var elsewhere = new HashSet<ulong>();
        foreach (var report in View.Related.Where(report => report.Node != context.Self))
        {
            elsewhere.UnionWith(duty.Running(report));
        }

        if (elsewhere.Count > 0 && context.Monotonic >= takeover.RunningEnd(LongestCheck()))
        {
            context.NoticeOnce(
                "running elsewhere",
                NoticeLevel.Warning,
                "checks or notifications that other nodes said were in flight have not ended in the longest time that one may take; "
                + "their objects are taken over all the same");
            elsewhere.Clear();
        }

        return elsewhere;
    }

    /// <summary>The longest that a check may take, here or at anybody whose check may be waited for.</summary>
    private TimeSpan LongestCheck()
    {
        var longest = _objects.LongestCheck;
        foreach (var report in View.Related)
        {
            longest = report.LongestCheck > longest ? report.LongestCheck : longest;
        }

        return longest;
    }

    /// <summary>Somebody who acts on another view, as far as is known here; null when there is nobody.</summary>
    private NodeReport? Late() => View.Related.FirstOrDefault(report => report.Node != context.Self && !ActsOnView(report));

    /// <summary>Whether a node has said so, or has not come to act on any.</summary>
    private bool ActsOnView(NodeReport report) => report.Applied == View.Fingerprint || report.Applied == 0;
}
