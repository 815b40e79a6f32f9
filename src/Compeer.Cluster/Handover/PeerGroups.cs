using System.Collections.Immutable;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Handover;

/// <summary>
/// What this node does, by kinds of work. Who checks an object most often sends what is to be told about it, too; not where pollers
/// leave that to their masters (<see cref="Senders"/>). The kinds are handed over each for itself, by the same rules, and one word to
/// the others covers both.
/// </summary>
internal sealed class PeerGroups
{
    /// <summary>How many kinds of work there are.</summary>
    public const int Duties = 2;

    private readonly PeerGroup[] _all;

    /// <param name="context">What the parts of the machine share.</param>
    /// <param name="objects">What the group divides.</param>
    /// <param name="hasHeard">Whether all that a node had written when it made a report is here.</param>
    /// <param name="writers">Whose clock the times in an object's state are by.</param>
    public PeerGroups(
        ClusterContext context, GroupObjects objects, Func<NodeReport, bool> hasHeard, Func<int, TimeSpan> writers)
    {
        Own = new PeerGroup(
            context,
            objects,
            hasHeard,
            new PeerDuty(
                Number: 0,
                some => new ObjectSets(some, context.Groups),
                view => Own!.Sets.Owners(view),
                report => report.Running,
                writers,
                (gained, ahead) => new ClusterEffect.Gain(gained, ahead),
                (lost, handover, discards) => new ClusterEffect.Lose(lost, handover, discards)));
        Sending = new PeerGroup(
            context,
            objects,
            hasHeard,
            new PeerDuty(
                Number: 1,
                _ => Own.Sets,
                view => Senders.Of(view, Own.Sets),
                report => report.Sending,
                _ => TimeSpan.Zero,
                (gained, _) => new ClusterEffect.GainSending(gained),
                (lost, handover, discards) => new ClusterEffect.LoseSending(lost, handover, WantsAnswer: !discards)));
        _all = [Own, Sending];
    }

    /// <summary>Checks, and what is decided by their results.</summary>
    public PeerGroup Own { get; }

    /// <summary>The sending of notifications.</summary>
    public PeerGroup Sending { get; }

    /// <summary>How many objects this node checks.</summary>
    public int Held => Own.Held;

    /// <summary>The fingerprint to report: see <see cref="PeerGroup.Applied"/>.</summary>
    public ulong Applied => Own.IsAnswered ? Sending.Applied : Own.Applied;

    /// <summary>This node gave up all that it had, and all others of the component act on the view that says so.</summary>
    public bool IsTakenByAll => Array.TrueForAll(_all, group => group.IsTakenByAll);

    /// <summary>When any of them has something to do without another input.</summary>
    public TimeSpan NextWake => _all.Min(group => group.NextWake);

    /// <summary>Gives up everything at once, and the results of all checks in flight.</summary>
    public void Discard() => Array.ForEach(_all, group => group.Discard());

    /// <summary>Other groups of pollers are named.</summary>
    public void Regroup() => Array.ForEach(_all, group => group.Regroup());

    /// <summary>Takes up other objects: see <see cref="PeerGroup.TakeUp"/>.</summary>
    public void TakeUp(GroupObjects next, ImmutableArray<int> former) =>
        Array.ForEach(_all, group => group.TakeUp(next, former.AsSpan()));

    /// <summary>The shell says what of that which was given up is in flight.</summary>
    public void HandOver(long handover, IReadOnlyList<int> running) => _all[OpenHandovers.DutyOf(handover)].HandOver(handover, running);

    /// <summary>Time passed.</summary>
    public void Advance(TimeSpan now)
    {
        foreach (var group in _all)
        {
            group.Running.Advance(now);
        }
    }

    /// <summary>Takes up what the reports say now.</summary>
    public void Follow(ClusterView view) => Array.ForEach(_all, group => group.Follow(view));

    /// <summary>Takes what is this node's own and that nobody else runs any more.</summary>
    public void TakePending() => Array.ForEach(_all, group => group.TakePending());
}
