using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Simulation.Nodes;
using Compeer.Simulation.World;

namespace Compeer.Simulation.Checking;

/// <summary>
/// What must hold whatever happens. Sampled ten times a second and told of every check that starts and every line of a log.
/// </summary>
internal sealed class Checkers
{
    private readonly SimulatedCluster _cluster;
    private readonly Reachability _reachability;
    private readonly Dictionary<int, TimeSpan> _addedAt = [];
    private SimulatedEdition _newest;
    private TimeSpan _lastDisturbance;

    public Checkers(SimulatedCluster cluster)
    {
        _cluster = cluster;
        _newest = cluster.World.First;
        _reachability = new Reachability(cluster);
        Runs = new RunChecker(cluster, _reachability);
        Overdue = new OverdueChecker(cluster, _reachability, Runs);
        Warnings = new WarningChecker(cluster);
        Results = new ResultChecker(cluster);
    }

    public RunChecker Runs { get; }

    public OverdueChecker Overdue { get; }

    public WarningChecker Warnings { get; }

    public ResultChecker Results { get; }

    /// <summary>Checks started, so that a test can see that the simulation did something.</summary>
    public int ChecksStarted { get; private set; }

    /// <summary>Checks started by each peer.</summary>
    public Dictionary<int, int> StartedBy { get; } = [];

    /// <summary>A fault began or ended: agreement is not expected for a while.</summary>
    public void Disturbed(string what)
    {
        _lastDisturbance = _cluster.Time.Now;
        Warnings.Expect(WarningChecker.Cause.Fault);
        _cluster.Trace($"--- {what}");
    }

    /// <summary>A planned stop or start: agreement takes a moment, but nothing may run twice because of it.</summary>
    public void Planned(string what) => _cluster.Trace($"--- {what}");

    /// <summary>A peer works by another configuration from now on. What it ran of objects that are gone means nothing, and what
    /// is in the newest configuration again, and was not for a while, begins anew.</summary>
    public void TakenUp(SimulatedPeer peer, SimulatedEdition from, SimulatedEdition to)
    {
        if (from != to)
        {
            Planned($"{peer.Name} takes up edition {to.Number}");
            Warnings.Expect(WarningChecker.Cause.Reload);
        }

        foreach (var number in from.Objects.Where(number => !to.Has(number)))
        {
            Runs.Forget(peer, number);
            Results.Forget(number);
        }

        if (to.Number > _newest.Number)
        {
            foreach (var number in to.Objects.Where(number => !_newest.Has(number)))
            {
                _addedAt[number] = _cluster.Time.Now;
            }

            _newest = to;
        }
    }

    public void CheckStarted(SimulatedPeer peer, int number, TimeSpan duration)
    {
        ChecksStarted++;
        StartedBy[peer.Index] = StartedBy.GetValueOrDefault(peer.Index) + 1;
        Runs.Started(peer, number, duration, IsAtRest(_cluster.Time.Now), _addedAt.GetValueOrDefault(number));
        Overdue.Started(peer, number);
        if (_cluster.Planted == PlantedFault.CheckTwice)
        {
            var other = _cluster.Peers[(peer.Index + 1) % _cluster.Peers.Count];
            Runs.Started(other, number, duration, isAtRest: false, TimeSpan.Zero);
        }
    }

    public void Noticed(SimulatedPeer peer, NoticeLevel level, string text) => Warnings.Noticed(peer, level, text);

    public void Sample()
    {
        var now = _cluster.Time.Now;
        _reachability.Look();
        Overdue.Sample(_lastDisturbance, IsAtRest(now), number => _addedAt.GetValueOrDefault(number));
        if (IsAtRest(now))
        {
            CheckNoTwoOwners();
        }
    }

    /// <summary>In a cluster at rest every object has exactly one owner.</summary>
    public bool EveryObjectHasOneOwner() =>
        NewestRunning().Objects.All(number => _cluster.OwnersOf(number).Take(2).Count() == 1);

    public bool AllMembersAgree()
    {
        var views = _cluster.Running.Select(peer => peer.Peer.ClusterSnapshot()).ToList();
        return _cluster.Running.DistinctBy(peer => peer.Edition).Count() == 1
            && views.TrueForAll(view => view.Members.Length == views.Count && view.Members.SequenceEqual(views[0].Members)
            && view.Owners.SequenceEqual(views[0].Owners));
    }

    /// <summary>Every running peer holds the same state of every object.</summary>
    public bool AllStatesEqual()
    {
        SimulatedPeer[] peers = [.. _cluster.Running];
        return peers[0].Edition.Objects.All(number => peers.Skip(1).All(peer =>
            CheckStateCodec.Encode(peer.StateOf(number)!).AsSpan().SequenceEqual(CheckStateCodec.Encode(peers[0].StateOf(number)!))));
    }

    /// <summary>Nothing has happened for a while, and all that run can reach each other, if only through others.</summary>
    private bool IsAtRest(TimeSpan now) =>
        now - _lastDisturbance > RunChecker.TimeToAgree && _reachability.Components().Count == 1;

    private void CheckNoTwoOwners()
    {
        for (var number = 0; number < _cluster.World.Count; number++)
        {
            if (_cluster.OwnersOf(number).Take(2).Count() == 2)
            {
                throw new SimulationFailedException(
                    _cluster,
                    $"{_cluster.World.NameOf(number)} has several owners: "
                    + string.Join(", ", _cluster.OwnersOf(number).Select(owner => owner.Name)));
            }
        }
    }

    private SimulatedEdition NewestRunning() => _cluster.Running.Select(peer => peer.Edition).MaxBy(edition => edition.Number)!;
}
