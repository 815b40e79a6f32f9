using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>
/// Nothing is left unchecked, measured on the checks that start: each group of peers that can reach each other, be it the whole
/// cluster or the half of a split, runs everything by itself.
/// </summary>
internal sealed class OverdueChecker(SimulatedCluster cluster, Reachability reachability, RunChecker runs)
{
    private readonly Dictionary<int, TimeSpan> _requiredSince = [];
    private readonly Dictionary<(int Number, int Peer), TimeSpan> _lastStart = [];

    /// <summary>How long beyond its interval a check may be overdue.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Whether faults that follow each other closely each have their own time to be overcome.</summary>
    public bool EachFaultCounts { get; set; } = true;

    /// <summary>The longest that any check was overdue.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Times that a check of one half of a split was looked at.</summary>
    public long LookedAtInSplits { get; private set; }

    public void Started(SimulatedPeer peer, int number) => _lastStart[(number, peer.Index)] = cluster.Time.Now;

    /// <summary>A check that ran longer than its interval came back: the next is due an interval later, as the schedule has it.</summary>
    public void CameBackLate(SimulatedPeer peer, int number) => Started(peer, number);

    public void Sample(TimeSpan lastDisturbance, bool isAtRest, Func<int, TimeSpan> addedAt)
    {
        var now = cluster.Time.Now;
        var components = reachability.Components();
        foreach (var group in components)
        {
            var newest = group.MaxBy(peer => peer.Edition.Number)!.Edition;
            for (var number = 0; number < cluster.World.Count; number++)
            {
                // Somebody must check it: all that run have it, or all see each other and the newest of their configurations does.
                if (!group.TrueForAll(peer => peer.Edition.Has(number)) && !(isAtRest && newest.Has(number)))
                {
                    _requiredSince[number] = now;
                    continue;
                }

                LookedAtInSplits += components.Count > 1 ? 1 : 0;
                Look(group, number, now, lastDisturbance, addedAt(number));
            }
        }
    }

    private void Look(List<SimulatedPeer> group, int number, TimeSpan now, TimeSpan lastDisturbance, TimeSpan addedAt)
    {
        if (runs.Of(number).Any(run => run.End > now && run.Counts && group.Contains(run.Peer)))
        {
            return;
        }

        // What one half of a split last checked says nothing about the other, and a group is a new one when it changes.
        var who = EachFaultCounts ? group : cluster.Peers;
        var last = who.Max(peer => _lastStart.GetValueOrDefault((number, peer.Index)));
        var since = EachFaultCounts ? group.Max(reachability.UnchangedSince) : TimeSpan.Zero;
        TimeSpan[] starts = [last, since, addedAt, _requiredSince.GetValueOrDefault(number)];
        var due = starts.Max() + cluster.World.Interval;
        var from = EachFaultCounts && lastDisturbance > due ? lastDisturbance : due;
        Longest = now - from > Longest ? now - from : Longest;
        if (now - from > cluster.World.Interval + Limit)
        {
            throw new SimulationFailedException(
                cluster,
                $"{cluster.World.NameOf(number)} is overdue for {(now - due).TotalSeconds:0.0} s, "
                + $"{(now - from).TotalSeconds:0.0} s of them without a fault; "
                + $"{(cluster.World.Interval + Limit).TotalSeconds:0} s is the limit, among "
                + $"{string.Join(", ", group.Select(peer => peer.Name))}; owners: "
                + string.Join(", ", cluster.OwnersOf(number).Select(owner => owner.Name)));
        }
    }
}
