using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Compeer.Cluster.Division;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Handover;

/// <summary>
/// What this node runs, and the passing on of it: what is not its own any more is given up at once, what becomes its own
/// is taken when everybody else who may have run it has said that it gave it up. Nothing runs twice as long as the nodes
/// can see each other; who does not answer in time is not waited for.
/// </summary>
internal sealed class Ownership(ClusterContext context, PreparedObjects objects, Func<NodeReport, bool> hasHeard)
{
    private ObjectKeys _keys = objects.Keys;
    private DivisionCache _divisions = new(objects.Units);
    private bool[] _held = new bool[objects.Keys.Count];
    private readonly HashSet<long> _unanswered = [];
    private ImmutableArray<int> _pending = [];
    private ulong _appliedBefore;
    private long _lastHandover;
    private TimeSpan _viewSince;
    private TimeSpan _pendingSince = TimeSpan.MaxValue;
    private TimeSpan _unheardSince = TimeSpan.MaxValue;

    public ClusterView View { get; private set; } = ClusterView.Empty;

    /// <summary>Per object the index of its owner in the view's members.</summary>
    public ImmutableArray<short> Owners { get; private set; } = [.. Enumerable.Repeat(LoadDivision.NoOwner, objects.Keys.Count)];

    /// <summary>How many objects this node runs.</summary>
    public int Held { get; private set; }

    /// <summary>Whether this node runs an object.</summary>
    public bool Holds(int index) => _held[index];

    /// <summary>Whose share an object is in the present view; null when it is nobody's.</summary>
    public NodeId? OwnerOf(int index) => Owners[index] is >= 0 and var owner ? View.Members[owner] : null;

    /// <summary>Checks of given up objects that still run here.</summary>
    public RunningChecks Running { get; } = new(context.Options.RunningCheckLimit);

    /// <summary>The fingerprint to report: of the present view when all that it takes away was given up.</summary>
    public ulong Applied => _unanswered.Count > 0 ? _appliedBefore
        : View.IsMember(context.Self) || Held > 0 ? View.Fingerprint
        : 0;

    /// <summary>
    /// This node gave up all that it had, and all others of the component act on the view that says so.
    /// </summary>
    public bool IsTakenByAll => Held == 0 && _unanswered.Count == 0 && View.Component.All(report =>
        report.Node == context.Self || report.Applied == View.Fingerprint || report.Applied == 0);

    /// <summary>When <see cref="TakePending"/> has something to do without another input.</summary>
    public TimeSpan NextWake => _pending.IsEmpty ? TimeSpan.MaxValue
        : _unheardSince < TimeSpan.MaxValue && context.Monotonic < HearingEnd ? HearingEnd
        : context.Monotonic < ConfirmationEnd ? ConfirmationEnd
        : _pendingSince + RunningEnd;

    private TimeSpan ConfirmationEnd
    {
        get
        {
            // A membership that keeps changing may start the wait anew, but not for ever.
            var end = _viewSince + context.Options.HandoverTimeout;
            var last = _pendingSince + (3 * context.Options.HandoverTimeout);
            return end < last ? end : last;
        }
    }

    private TimeSpan HearingEnd => _unheardSince + context.Options.HandoverTimeout;

    private TimeSpan RunningEnd => context.Options.RunningCheckLimit + context.Options.HandoverTimeout;

    /// <summary>Takes up a new view: gives up what it takes away, and notes what it brings.</summary>
    public void Follow(ClusterView view)
    {
        if (view.Fingerprint == View.Fingerprint)
        {
            View = view;
            return;
        }

        if (_unanswered.Count == 0)
        {
            _appliedBefore = Applied;
        }

        View = view;
        _viewSince = context.Monotonic;
        Owners = _divisions.Owners(view);
        var self = view.Members.BinarySearch(context.Self);
        var lost = ImmutableArray.CreateBuilder<int>();
        var pending = ImmutableArray.CreateBuilder<int>();
        for (var i = 0; i < _held.Length; i++)
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

        _pending = pending.DrainToImmutable();
        _pendingSince = _pending.IsEmpty ? TimeSpan.MaxValue
            : _pendingSince == TimeSpan.MaxValue ? context.Monotonic
            : _pendingSince;
        GiveUp(lost.DrainToImmutable(), discardRunning: false);
    }

    /// <summary>
    /// Takes up other objects: what is held of those that stay is still held, the others are gone. Whose they all are is
    /// for <see cref="Follow"/> to say, with the report of this change.
    /// </summary>
    /// <exception cref="InvalidOperationException">The shell has not said yet what runs of the objects it gave up.</exception>
    public void TakeUp(PreparedObjects next, ReadOnlySpan<int> former)
    {
        if (_unanswered.Count > 0)
        {
            throw new InvalidOperationException("A handover is not answered yet; its objects are numbered by the former configuration.");
        }

        var held = new bool[next.Keys.Count];
        var owners = new short[held.Length];
        Held = 0;
        for (var i = 0; i < held.Length; i++)
        {
            held[i] = former[i] >= 0 && _held[former[i]];
            Held += held[i] ? 1 : 0;
            owners[i] = LoadDivision.NoOwner;
        }

        _keys = next.Keys;
        _divisions = new DivisionCache(next.Units);
        _held = held;
        _pending = [];
        Owners = ImmutableCollectionsMarshal.AsImmutableArray(owners);
        Running.Keep(_keys.HasHash);
    }

    /// <summary>Gives up everything at once: this node was away and others may run it all.</summary>
    public void Discard()
    {
        var lost = Enumerable.Range(0, _held.Length).Where(index => _held[index]).ToImmutableArray();
        Running.Clear();
        _unanswered.Clear();
        GiveUp(lost, discardRunning: true);
    }

    /// <summary>The shell says which of the objects given up have a check in flight.</summary>
    public void HandOver(long handover, IReadOnlyList<int> running)
    {
        if (!_unanswered.Remove(handover))
        {
            return;
        }

        foreach (var index in running)
        {
            if ((uint)index >= (uint)_held.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(running), index, "There is no such object.");
            }

            if (!_held[index])
            {
                Running.Add(_keys.HashOf(index), context.Monotonic);
            }
        }
    }

    /// <summary>Takes what is this node's own and that nobody else runs any more.</summary>
    public void TakePending()
    {
        if (_pending.IsEmpty || !IsConfirmed() || IsAwaitingResults())
        {
            return;
        }

        var elsewhere = new HashSet<ulong>();
        if (context.Monotonic < _pendingSince + RunningEnd)
        {
            foreach (var report in View.Component)
            {
                if (report.Node != context.Self)
                {
                    elsewhere.UnionWith(report.Running);
                }
            }
        }

        var gained = _pending;
        var waiting = ImmutableArray<int>.Empty;
        if (elsewhere.Count > 0)
        {
            gained = [.. _pending.Where(index => !elsewhere.Contains(_keys.HashOf(index)))];
            waiting = [.. _pending.Where(index => elsewhere.Contains(_keys.HashOf(index)))];
        }

        _pending = waiting;
        _pendingSince = waiting.IsEmpty ? TimeSpan.MaxValue : _pendingSince;
        if (gained.IsEmpty)
        {
            return;
        }

        foreach (var index in gained)
        {
            _held[index] = true;
            Running.Remove(_keys.HashOf(index));
        }

        Held += gained.Length;
        context.Emit(new ClusterEffect.Gain(gained));
    }

    private void GiveUp(ImmutableArray<int> lost, bool discardRunning)
    {
        if (lost.IsEmpty)
        {
            return;
        }

        foreach (var index in lost)
        {
            _held[index] = false;
        }

        Held -= lost.Length;
        var handover = ++_lastHandover;
        if (!discardRunning)
        {
            _unanswered.Add(handover);
        }

        context.Emit(new ClusterEffect.Lose(lost, handover, discardRunning));
    }

    /// <summary>
    /// Whether a report came here before the results of the checks that it says have ended: through a third node, while its own
    /// connection is slow. They are waited for, a limited time.
    /// </summary>
    private bool IsAwaitingResults()
    {
        if (View.Component.All(report => report.Node == context.Self || hasHeard(report)))
        {
            _unheardSince = TimeSpan.MaxValue;
            return false;
        }

        _unheardSince = _unheardSince == TimeSpan.MaxValue ? context.Monotonic : _unheardSince;
        return context.Monotonic < HearingEnd;
    }

    /// <summary>Whether all others either hold nothing or act on the same view; or had their time to.</summary>
    private bool IsConfirmed()
    {
        var late = View.Component.FirstOrDefault(report =>
            report.Node != context.Self && report.Applied != 0 && report.Applied != View.Fingerprint);
        if (late is null)
        {
            return true;
        }

        if (context.Monotonic < ConfirmationEnd)
        {
            return false;
        }

        context.NoticeOnce(
            $"unconfirmed {late.Node}",
            NoticeLevel.Warning,
            $"node {late.Node} did not confirm in time that it gave up its former share; it is taken over all the same");
        return true;
    }
}
