using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>
/// Nothing is left unchecked, measured on the checks that start: each group of peers that can reach each other, be it the whole
/// cluster or the half of a split, runs everything by itself.
/// <para>
/// After a fault that came alone nothing is overdue by more than its interval and <see cref="Promise"/>: the successor goes on by the
/// state that it has, or, when that says nothing, within an interval. Faults that come before the one before is overcome can each
/// undo what the last takeover had planned, and nothing bounds how long they go on; from the last of them on the same time is enough,
/// whatever was overdue then.
/// </para>
/// </summary>
internal sealed class OverdueChecker(SimulatedCluster cluster, Reachability reachability, RunChecker runs)
{
    /// <summary>How long beyond its interval a check may be overdue after a fault that came alone: what it takes to notice a silent
    /// peer.</summary>
    public static readonly TimeSpan Promise = TimeSpan.FromSeconds(3);

    private readonly Dictionary<int, TimeSpan> _requiredSince = [];
    private readonly Memories _memories = new(reachability);

    /// <summary>The longest that any check was overdue, by the number of faults in the storm; one for a fault that came alone.</summary>
    public SortedDictionary<int, TimeSpan> Longest { get; } = [];

    /// <summary>Times that a check of one half of a split was looked at.</summary>
    public long LookedAtInSplits { get; private set; }

    /// <summary>Times that an overdue check was looked at while a fault that came alone was being overcome.</summary>
    public long OverdueAfterOne { get; private set; }

    /// <summary>Another interval: what the former one made due is spread over the new one, as first checks are.</summary>
    public void Rescheduled(int number) => _requiredSince[number] = cluster.Time.Now;

    /// <summary>A check starts: its next one is due an interval later, for all that may know of it.</summary>
    public void Started(SimulatedPeer peer, int number) => _memories.Remember(peer, number, cluster.Time.Now);

    /// <summary>A result was taken: a retry is reckoned from it, and what ran longer than its interval is due again at once.</summary>
    public void CameBack(SimulatedPeer peer, int number, bool isRetry)
    {
        var now = cluster.Time.Now;
        var started = runs.Of(number).Where(run => run.Peer == peer).Select(run => run.Start).DefaultIfEmpty().Max();
        var dueAtOnce = now - cluster.World.Interval;
        _memories.Remember(peer, number, isRetry ? now : started > dueAtOnce ? started : dueAtOnce);
    }

    public void Sample(Disturbances disturbances, bool isAtRest, Func<int, TimeSpan> addedAt)
    {
        for (var part = 0; part < cluster.Parts; part++)
        {
            Sample(part, disturbances, isAtRest, addedAt);
        }
    }

    private void Sample(int part, Disturbances disturbances, bool isAtRest, Func<int, TimeSpan> addedAt)
    {
        var now = cluster.Time.Now;
        var components = reachability.Components(part);
        if (!components.Exists(group => IsChecked(group, part)))
        {
            // There is nobody to check it: whoever comes begins anew.
            foreach (var number in Enumerable.Range(0, cluster.World.Count).Where(number => cluster.PartOf(number) == part))
            {
                _requiredSince[number] = now;
            }
        }

        foreach (var group in components.Where(group => !group.Exists(peer => peer.IsOutcast)))
        {
            var newest = group.MaxBy(peer => peer.Edition.Number)!.Edition;
            for (var number = 0; number < cluster.World.Count; number++)
            {
                if (cluster.PartOf(number) != part)
                {
                    continue;
                }

                // Somebody must check it: all that run have it, or all see each other and the newest of their configurations does.
                if (!IsChecked(group, part) || (!group.TrueForAll(peer => peer.Edition.Has(number)) && !(isAtRest && newest.Has(number))))
                {
                    _requiredSince[number] = now;
                    continue;
                }

                LookedAtInSplits += components.Count > 1 ? 1 : 0;
                Look(group, number, disturbances, addedAt(number));
            }
        }
    }

    /// <summary>Whether any of them is of a group that checks it, now or when the others are lost.</summary>
    private bool IsChecked(List<SimulatedPeer> group, int part) => cluster.Groups.Count == 0
        || (part >= 0 && cluster.Groups[part].Successors().Any(successor => group.Exists(peer => peer.Group == successor)));

    private void Look(List<SimulatedPeer> group, int number, Disturbances disturbances, TimeSpan addedAt)
    {
        var now = cluster.Time.Now;
        if (runs.Of(number).Any(run => run.End > now && run.Counts && group.Contains(run.Peer)))
        {
            // As long as it runs the next cannot start; if its peer is lost now, it is due now.
            _memories.RememberAtLeast(group, number, now - cluster.World.Interval);
            return;
        }

        TimeSpan[] since = [_memories.Last(group, number), addedAt, _requiredSince.GetValueOrDefault(number)];
        var due = since.Max() + cluster.World.Interval;
        if (now <= due)
        {
            return;
        }

        OverdueAfterOne += disturbances.InStorm == 1 ? 1 : 0;
        var from = disturbances.InStorm > 1 && disturbances.Last > due ? disturbances.Last : due;
        var overdue = now - from;
        if (overdue > Longest.GetValueOrDefault(disturbances.InStorm))
        {
            Longest[disturbances.InStorm] = overdue;
        }

        if (overdue > cluster.World.Interval + Promise)
        {
            throw new SimulationFailedException(
                cluster,
                $"{cluster.World.NameOf(number)} is overdue for {(now - due).TotalSeconds:0.0} s, {overdue.TotalSeconds:0.0} s of them "
                + $"after the last of {disturbances.InStorm} faults; "
                + $"{(cluster.World.Interval + Promise).TotalSeconds:0} s is the limit, among "
                + $"{string.Join(", ", group.Select(peer => peer.Name))}; owners: "
                + string.Join(", ", cluster.OwnersOf(number).Select(owner => owner.Name).DefaultIfEmpty("nobody")));
        }
    }
}
