using System.Globalization;
using Compeer.Cluster.Handover;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Exchange;

/// <summary>How far this node is: from its start, over doubts about itself, to its leave.</summary>
internal sealed class Lifecycle(
    ClusterContext context,
    LinkTable links,
    Readiness readiness,
    PeerGroups groups,
    Replicator replicator,
    ConfigurationLedger ledger)
{
    /// <summary>How often one run of this node starts anew above a later one.</summary>
    public const int MaxYields = 3;

    private readonly SelfDoubt _doubt = new(context.Options.PulseInterval, context.Options.DataTimeout);
    private TimeSpan _leaveEnd;
    private int _yielded;

    /// <summary>The longest time between two calls that is nothing to think about.</summary>
    public static TimeSpan Heartbeat { get; } = TimeSpan.FromMilliseconds(250);

    public ClusterSelfState State { get; private set; } = ClusterSelfState.Starting;

    public bool IsActing => State == ClusterSelfState.Active;

    public bool IsLeaving => State == ClusterSelfState.Leaving;

    /// <summary>Whether it has its neighbours; it does nothing before.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>When it goes on though others have not answered.</summary>
    public TimeSpan NextWake =>
        IsLeaving ? HandedOver ? TimeSpan.MaxValue : _leaveEnd
        : !IsActing && readiness.GraceEnd > context.Monotonic ? readiness.GraceEnd
        : TimeSpan.MaxValue;

    /// <summary>After <see cref="Leave"/>: all others have taken note, or had their time to.</summary>
    public bool HandedOver { get; private set; }

    /// <summary>The neighbours are known: from now on it waits for them.</summary>
    /// <param name="hasObjects">Whether it has anything to monitor.</param>
    public void Begin(bool hasObjects)
    {
        if (!HasBegun)
        {
            HasBegun = true;
            Wait();
            ledger.Begin(hasObjects);
        }
    }

    /// <summary>Looks at the time of an input, before anything else is done with it.</summary>
    public void See(ClusterTime now)
    {
        var (gap, step) = _doubt.See(now);
        if (step != TimeSpan.Zero)
        {
            context.Notice(NoticeLevel.Warning, string.Create(
                CultureInfo.InvariantCulture,
                $"the clock of this node was set {(step > TimeSpan.Zero ? "forward" : "back")} by {step.Duration().TotalSeconds:0.#} s"));
        }

        if (gap > 2 * Heartbeat)
        {
            links.Forgive(gap);
        }

        if (gap <= context.Options.PulseInterval)
        {
            // The usual case, and no silence limit is so short.
            return;
        }

        var limit = links.GreetedLinks().Select(link => link.Hello!.SilenceLimit).Append(context.Options.DataTimeout).Min();
        if (_doubt.IsTooLong(gap, limit))
        {
            Doubt(gap);
        }
    }

    /// <summary>A peer gave this node up, or cut its connection: it may know what this node's clocks do not.</summary>
    public void GivenUp()
    {
        if (_doubt.StoodStill(context.Monotonic) is var stood && stood > TimeSpan.Zero)
        {
            Doubt(stood);
        }
    }

    /// <summary>
    /// The others run the objects that are new here; this node knows nothing of their states yet. While it catches up they
    /// go on, since a node that does not act is no member. A node that holds something is the one that must go on.
    /// </summary>
    public void CatchUpWithObjects()
    {
        links.ResyncAll();
        if (IsActing)
        {
            Restart(ClusterSelfState.CatchingUp);
        }
    }

    /// <summary>
    /// This node was given a configuration of another history, whose nodes run its objects and do not know yet that this one belongs to
    /// them now. As at a start it waits for them, or both would run everything until they see each other.
    /// </summary>
    public void JoinOthers()
    {
        if (IsLeaving || !links.Neighbours.Any(neighbour => neighbour.IsPeer))
        {
            return;
        }

        groups.Discard();
        links.ResyncAll();
        AskAll();
        foreach (var neighbour in links.Neighbours)
        {
            neighbour.Redial.AtOnce(context.Monotonic);
        }

        Restart(State == ClusterSelfState.Starting ? ClusterSelfState.Starting : ClusterSelfState.CatchingUp);
    }

    /// <summary>
    /// The others know a later run of this node than this one: its clock was set back between two starts, or another
    /// process has the same key. Their word about it would outweigh ours, so we become a still later run.
    /// </summary>
    /// <remarks>
    /// Only another living process answers a later run with one that is later still. After some rounds this node leaves it at that, or
    /// the two would start anew for ever: it is not counted, and checks everything by itself.
    /// </remarks>
    public void YieldTo(long incarnation)
    {
        if (_yielded == MaxYields || incarnation >= ProtocolLimits.MaxIncarnation)
        {
            context.NoticeOnce(
                "own key",
                NoticeLevel.Error,
                $"another node uses this node's own key ({context.Self}) and started later: the others count on that one, and this node "
                + "checks everything by itself. On the machine that was copied, stop mond, delete node.key beside merlin.conf, and give "
                + "what 'mon node key' prints then to the others; then restart mond here");
            return;
        }

        _yielded++;
        context.Notice(
            NoticeLevel.Warning,
            "the others know a later run of this node: was its clock set back, or does another process use its key? Starting anew");
        context.MoveTo(incarnation + 1);
        replicator.StartRun();
        groups.Discard();
        links.CloseAll("this node starts anew");
        Restart(ClusterSelfState.Starting);
    }

    public void Leave()
    {
        if (!IsLeaving)
        {
            State = ClusterSelfState.Leaving;
            links.IsStopping = true;
            _leaveEnd = context.Monotonic + context.Options.HandoverTimeout;
        }
    }

    /// <summary>Begins to act as soon as this node may, and remembers beside whom it does.</summary>
    public void TakeShareWhenReady()
    {
        if (State is ClusterSelfState.Starting or ClusterSelfState.Doubting or ClusterSelfState.CatchingUp
            && readiness.IsReady(links.Peers))
        {
            if (State == ClusterSelfState.Starting && links.Neighbours.Count > 0)
            {
                replicator.Act();
            }

            State = ClusterSelfState.Active;
            replicator.Storing.Unstored.Settle();
            ledger.Settle();
            context.Notice(NoticeLevel.Information, "this node takes its share");
        }

        if (IsActing)
        {
            readiness.Remember(links.Peers);
        }
    }

    /// <summary>Ends the leave when the others have taken over, or had their time to.</summary>
    public void FinishLeave()
    {
        if (IsLeaving && !HandedOver && (groups.IsTakenByAll || context.Monotonic >= _leaveEnd))
        {
            HandedOver = true;
            replicator.Close();
            context.Notice(
                NoticeLevel.Information,
                groups.IsTakenByAll ? "everything is handed over" : "not all nodes confirmed the handover in time");
        }
    }

    /// <summary>This node was away for so long that others may run its share: stop, catch up, and only then go on.</summary>
    private void Doubt(TimeSpan gap)
    {
        if (IsLeaving || !HasBegun)
        {
            return;
        }

        if (links.Neighbours.Count == 0)
        {
            // Nobody can have taken over.
            context.Notice(NoticeLevel.Warning, string.Create(
                CultureInfo.InvariantCulture, $"this node did nothing for {gap.TotalSeconds:0.#} s; what was due meanwhile is done now"));
            return;
        }

        context.Notice(NoticeLevel.Warning, string.Create(
            CultureInfo.InvariantCulture,
            $"this node did nothing for {gap.TotalSeconds:0.#} s; others may have taken over, so it catches up with them first"));
        groups.Discard();
        links.DoubtAll();
        AskAll();
        Restart(State == ClusterSelfState.Starting ? ClusterSelfState.Starting : ClusterSelfState.Doubting);
    }

    /// <summary>Whoever has to be caught up with must be asked, or it never is.</summary>
    private void AskAll()
    {
        foreach (var link in links.GreetedLinks().ToArray())
        {
            replicator.RequestSync(link.Id);
        }
    }

    private void Restart(ClusterSelfState state)
    {
        State = state;
        Wait();
    }

    private void Wait()
    {
        links.WaitAnew();
        readiness.Begin();
    }
}
