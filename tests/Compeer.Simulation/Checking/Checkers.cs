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
    private readonly Disturbances _disturbances;

    public Checkers(SimulatedCluster cluster)
    {
        _cluster = cluster;
        _newest = cluster.World.First;
        _disturbances = new Disturbances(cluster.World.Interval + OverdueChecker.Promise);
        _reachability = new Reachability(cluster);
        Runs = new RunChecker(cluster, _reachability);
        Overdue = new OverdueChecker(cluster, _reachability, Runs);
        Warnings = new WarningChecker(cluster);
        Results = new ResultChecker(cluster);
        Entries = new EntryChecker(cluster);
        Notifications = new NotificationChecker(cluster, _reachability);
        History = new HistoryChecker(cluster);
        Confirmations = new ConfirmationChecker(cluster);
    }

    public RunChecker Runs { get; }

    public OverdueChecker Overdue { get; }

    public WarningChecker Warnings { get; }

    public ResultChecker Results { get; }

    public EntryChecker Entries { get; }

    public NotificationChecker Notifications { get; }

    public HistoryChecker History { get; }

    public ConfirmationChecker Confirmations { get; }

    /// <summary>Checks started, so that a test can see that the simulation did something.</summary>
    public int ChecksStarted { get; private set; }

    /// <summary>Checks started by each peer.</summary>
    public Dictionary<int, int> StartedBy { get; } = [];

    /// <summary>A fault began or ended: agreement is not expected for a while.</summary>
    public void Disturbed(string what)
    {
        _disturbances.Add(_cluster.Time.Now);
        Warnings.Expect(WarningChecker.Cause.Fault);
        _cluster.Trace($"--- {what}");
    }

    /// <summary>A link was closed because the other end took in nothing: the two must find each other again.</summary>
    public void LinkGivenUp(SimulatedNode one, SimulatedNode other)
    {
        _reachability.Lost(one, other);
        Disturbed($"the link of {one.Name} and {other.Name} is given up: too much is on its way");
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
            Notifications.Forget(number);
        }

        foreach (var number in to.Objects.Where(number => from.Has(number) && from.IntervalOf(number) != to.IntervalOf(number)))
        {
            Overdue.Rescheduled(number);
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
        else if (_cluster.Planted == PlantedFault.CheckAgain)
        {
            var other = _cluster.Peers[(peer.Index + 1) % _cluster.Peers.Count];
            _cluster.Time.After(
                duration + TimeSpan.FromSeconds(1),
                () => Runs.Started(other, number, TimeSpan.Zero, IsAtRest(_cluster.Time.Now), TimeSpan.Zero));
        }
    }

    /// <summary>A peer runs the command of a notification.</summary>
    public void NotificationStarted(SimulatedPeer peer, CommandToRun command)
    {
        Notifications.Started(peer, command);
        if (_cluster.Planted == PlantedFault.SilentPollerTells
            && _cluster.Groups[_cluster.PartOf(Notifications.NumberOf(command))] is { Notifies: false } silent)
        {
            Notifications.Started(silent.Peers[0], command with { Ticket = command.Ticket + 1 });
        }

        if (_cluster.Planted == PlantedFault.NotificationTwice)
        {
            Notifications.Started(_cluster.Peers[(peer.Index + 1) % _cluster.Peers.Count], command);
        }
    }

    public void ResultTaken(SimulatedPeer peer, int number)
    {
        Results.Taken(peer, number);
        Confirmations.Replaced(number);
        if (!peer.Owns(number))
        {
            _cluster.Reach("result of an object given up");
        }

        if (peer.StateOf(number) is { } state)
        {
            Overdue.CameBack(peer, number, isRetry: state.IsSoft && state.State != 0);
        }
    }

    public void Noticed(SimulatedPeer peer, NoticeLevel level, string text) => Warnings.Noticed(peer, level, text);

    public void Sample()
    {
        var now = _cluster.Time.Now;
        _reachability.Look();
        Overdue.Sample(_disturbances, IsAtRest(now), number => _addedAt.GetValueOrDefault(number));
        if (IsAtRest(now))
        {
            CheckNoTwoOwners();
        }
    }

    /// <summary>In a cluster at rest every object has exactly one owner.</summary>
    public bool EveryObjectHasOneOwner() => WhyNotOneOwner() is null;

    public bool AllMembersAgree() => WhyNotAgreed() is null;

    /// <summary>Null, or which object has none or several owners.</summary>
    public string? WhyNotOneOwner()
    {
        foreach (var number in NewestRunning().Objects)
        {
            if (_cluster.OwnersOf(number).Take(2).Count() != 1)
            {
                return $"{_cluster.World.NameOf(number)} is owned by "
                    + string.Join(" and ", _cluster.OwnersOf(number).Select(owner => owner.Name).DefaultIfEmpty("nobody"))
                    + $"; its plugin is run by {string.Join(", ", Runs.Of(number).Where(run => run.End > _cluster.Time.Now)
                        .Select(run => $"{run.Peer.Name} until {run.End.TotalSeconds:0.000} s").DefaultIfEmpty("nobody"))}";
            }
        }

        return null;
    }

    /// <summary>Null, or what the peers do not see alike.</summary>
    public string? WhyNotAgreed()
    {
        if (_cluster.Groups.Count > 0)
        {
            return _cluster.Groups.Select(WhyNotAgreed).FirstOrDefault(why => why is not null);
        }

        if (_cluster.Running.DistinctBy(peer => peer.Edition).Count() != 1)
        {
            return "they work by " + string.Join(", ", _cluster.Running.Select(peer => $"{peer.Name}: {peer.Edition.Number}"));
        }

        var views = _cluster.Running.Select(peer => (peer.Name, View: peer.Peer.ClusterSnapshot())).ToList();
        return views.TrueForAll(seen => seen.View.Members.Length == views.Count
            && seen.View.Members.SequenceEqual(views[0].View.Members) && seen.View.Owners.SequenceEqual(views[0].View.Owners))
            ? null
            : string.Join(", ", views.Select(seen => $"{seen.Name} is {seen.View.SelfState} and sees {seen.View.Members.Length} members"));
    }

    /// <summary>Null, or what the nodes of a group do not see alike.</summary>
    private static string? WhyNotAgreed(SimulatedGroup group)
    {
        var views = group.Peers.Where(peer => peer.IsRunning).Select(peer => peer.Peer.ClusterSnapshot()).ToList();
        return views.TrueForAll(view => view.Members.Length == views.Count && view.Owners.SequenceEqual(views[0].Owners)
            && view.Fingerprint == views[0].Fingerprint)
            ? null
            : $"the nodes of group '{group.Name}' do not agree";
    }

    /// <summary>Every running peer holds the same state of every object.</summary>
    public bool AllStatesEqual() => WhyNotEqualStates() is null;

    /// <summary>Null, or which state two peers hold differently.</summary>
    public string? WhyNotEqualStates()
    {
        var first = _cluster.Running.First();
        foreach (var number in first.Edition.Objects)
        {
            var expected = first.StateOf(number)!;
            foreach (var peer in _cluster.Running.Skip(1).Where(other => _cluster.Groups.Count == 0 || other.Edition.Has(number)))
            {
                if (peer.StateOf(number) is not { } held
                    || !CheckStateCodec.Encode(held).AsSpan().SequenceEqual(CheckStateCodec.Encode(expected)))
                {
                    return $"{_cluster.World.NameOf(number)} is {expected.State} since "
                        + $"{new DateTime(expected.LastCheckTicks):HH:mm:ss.fff} at {first.Name}, and {peer.StateOf(number)?.State} since "
                        + $"{new DateTime(peer.StateOf(number)?.LastCheckTicks ?? 0):HH:mm:ss.fff} at {peer.Name}; owners: "
                        + string.Join(", ", _cluster.OwnersOf(number).Select(owner => owner.Name));
                }
            }
        }

        return null;
    }

    /// <summary>Nothing has happened for a while, and all that run can reach each other, if only through others.</summary>
    private bool IsAtRest(TimeSpan now) =>
        now - _disturbances.Last > RunChecker.TimeToAgree
        && Enumerable.Range(0, _cluster.Parts).All(part => _reachability.Components(part).Count <= 1);

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

    private SimulatedEdition NewestRunning() => _cluster.Groups.Count > 0
        ? _cluster.Groups[0].Edition
        : _cluster.Running.Select(peer => peer.Edition).MaxBy(edition => edition.Number)!;
}
