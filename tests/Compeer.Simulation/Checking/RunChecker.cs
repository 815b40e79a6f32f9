using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>
/// Two peers that can reach each other never run one check at a time, whatever else happens; and in a cluster at rest none
/// is run again much too early.
/// </summary>
internal sealed class RunChecker(SimulatedCluster cluster, Reachability reachability)
{
    /// <summary>Peers that find each other again need this long to agree, at most.</summary>
    public static readonly TimeSpan TimeToAgree = TimeSpan.FromSeconds(8);

    private readonly Dictionary<int, List<CheckRun>> _runs = [];

    /// <summary>Times that a start was compared with a run elsewhere that was still under way.</summary>
    public long Compared { get; private set; }

    /// <summary>Whether a check that comes too early is a failure too.</summary>
    public bool EarlyOnesToo { get; set; } = true;

    public IReadOnlyList<CheckRun> Of(int number) => Runs(number);

    /// <summary>Of the runs of the last two intervals, what was run again within half an interval, by whomever; null when nothing was.
    /// </summary>
    public string? WhyEarly()
    {
        foreach (var (number, runs) in _runs)
        {
            foreach (var (earlier, later) in runs.Zip(runs.Skip(1)))
            {
                var gap = later.Start - earlier.Start;
                if (gap < cluster.World.Interval / 2)
                {
                    return $"{cluster.World.NameOf(number)} was run by {earlier.Peer.Name}, and {gap.TotalSeconds:0.000} s later by "
                        + later.Peer.Name;
                }
            }
        }

        return null;
    }

    /// <summary>When the check was started last, anywhere; zero for never.</summary>
    public TimeSpan LastStart(int number) => Runs(number).Select(run => run.Start).DefaultIfEmpty().Max();

    public void Forget(SimulatedPeer peer, int number) => Runs(number).RemoveAll(run => run.Peer == peer);

    public void Started(SimulatedPeer peer, int number, TimeSpan duration, bool isAtRest, TimeSpan addedAt)
    {
        var now = cluster.Time.Now;
        var runs = Runs(number);
        runs.RemoveAll(run => run.End < now && now - run.Start > 2 * cluster.World.Interval);
        foreach (var run in runs.Where(run => run.Start >= addedAt && run.Counts))
        {
            if (run.End > now)
            {
                FailIfTogether(peer, number, run, now);
            }
            else if (isAtRest && EarlyOnesToo && run.Peer != peer && now - run.Start < cluster.World.Interval / 2
                && reachability.TogetherSince(peer, run.Peer, number) <= run.Start)
            {
                Fail(peer, number, run, "has just run");
            }
        }

        runs.Add(new CheckRun(peer, peer.Life, now, now + duration));
    }

    private void FailIfTogether(SimulatedPeer peer, int number, CheckRun run, TimeSpan now)
    {
        if (run.Peer == peer)
        {
            Fail(peer, number, run, "runs");
        }

        reachability.Look();
        if (reachability.TogetherSince(peer, run.Peer, number) is { } since)
        {
            Compared++;
            if (run.Start >= since)
            {
                Fail(peer, number, run, "runs");
            }
        }
    }

    private void Fail(SimulatedPeer peer, int number, CheckRun run, string what) => throw new SimulationFailedException(
        cluster,
        $"{cluster.World.NameOf(number)} is run by {peer.Name} while {run.Peer.Name} {what} it (since {run.Start.TotalSeconds:0.000} s)");

    private List<CheckRun> Runs(int number)
    {
        if (!_runs.TryGetValue(number, out var runs))
        {
            _runs.Add(number, runs = []);
        }

        return runs;
    }
}
