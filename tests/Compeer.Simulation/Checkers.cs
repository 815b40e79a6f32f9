using Compeer.Engine.Model;

namespace Compeer.Simulation;

/// <summary>
/// What must hold whatever happens. Sampled ten times a second and told of every check that starts.
/// </summary>
internal sealed class Checkers
{
    /// <summary>Longest time from a loss to all checks being due elsewhere: silence of data_timeout, and handing over
    /// that fails open, each with the pulses and the spreading of overdue checks between.</summary>
    private static readonly TimeSpan TakeoverLimit = TimeSpan.FromSeconds(8);

    /// <summary>After this long without faults, peers that see each other must agree.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(8);

    private readonly SimulatedCluster _cluster;

    // By the world's numbers of objects.
    private readonly Dictionary<int, TimeSpan> _lastStart = [];
    private readonly Dictionary<int, TimeSpan> _requiredSince = [];
    private readonly Dictionary<int, TimeSpan> _addedAt = [];
    private readonly Dictionary<int, List<Run>> _running = [];
    private SimulatedEdition _newest;
    private TimeSpan _lastDisturbance;
    private TimeSpan _watchedSince;

    public Checkers(SimulatedCluster cluster)
    {
        _cluster = cluster;
        _newest = cluster.World.First;
    }

    /// <summary>Checks started, so that a test can see that the simulation did something.</summary>
    public int ChecksStarted { get; private set; }

    /// <summary>Times that an object was looked at and had exactly one owner.</summary>
    public long OwnershipsSeen { get; private set; }

    /// <summary>A fault began or ended: agreement is not expected for a while.</summary>
    public void Disturbed(string what)
    {
        _lastDisturbance = _cluster.Time.Now;
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
            Planned($"peer{peer.Index} takes up edition {to.Number}");
        }

        foreach (var number in from.Objects.Where(number => !to.Has(number)))
        {
            Runs(number).RemoveAll(run => run.Peer == peer);
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
        var now = _cluster.Time.Now;
        var runs = Runs(number);
        runs.RemoveAll(run => run.End < now && now - run.Start > _cluster.World.Interval);
        if (IsAtRest(now))
        {
            foreach (var run in runs.Where(run => run.Start >= _addedAt.GetValueOrDefault(number)))
            {
                FailIfTwice(peer, number, run, now);
            }
        }

        runs.Add(new Run(peer, peer.Life, now, now + duration));
        _lastStart[number] = now;
    }

    public void Sample()
    {
        var now = _cluster.Time.Now;
        if (!_cluster.Running.Any())
        {
            _watchedSince = now;
            return;
        }

        CheckNothingOverdue(now);
        if (IsAtRest(now))
        {
            CheckNoTwoOwners();
        }
    }

    /// <summary>In a cluster at rest every object has exactly one owner.</summary>
    public bool EveryObjectHasOneOwner()
    {
        foreach (var number in NewestRunning().Objects)
        {
            if (_cluster.OwnersOf(number).Count() != 1)
            {
                return false;
            }

            OwnershipsSeen++;
        }

        return true;
    }

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
        for (var index = 0; index < peers[0].Edition.Objects.Count; index++)
        {
            var id = new CheckableId(index);
            var first = Engine.Events.CheckStateCodec.Encode(peers[0].Peer.StateOf(id));
            if (!peers.Skip(1).All(peer => Engine.Events.CheckStateCodec.Encode(peer.Peer.StateOf(id)).AsSpan().SequenceEqual(first)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Nothing has happened for a while, and all that run can reach each other, if only through others.</summary>
    private bool IsAtRest(TimeSpan now) => now - _lastDisturbance > Settled && _cluster.Network.Connects([.. _cluster.Running]);

    private void FailIfTwice(SimulatedPeer peer, int number, Run run, TimeSpan now)
    {
        // A check that died with its peer left no result; that it is run again is right.
        var overlaps = run.End > now;
        if ((run.Peer == peer && !overlaps) || (run.Life != run.Peer.Life && run.Peer.DiedAt < run.End))
        {
            return;
        }

        if (overlaps || (now - run.Start < _cluster.World.Interval / 2 && run.Start > _lastDisturbance + Settled))
        {
            throw new SimulationFailedException(
                _cluster,
                $"{_cluster.World.NameOf(number)} is run by peer{peer.Index} while peer{run.Peer.Index} "
                + $"{(overlaps ? "runs" : "has just run")} it (since {run.Start.TotalSeconds:0.000} s)");
        }
    }

    private void CheckNoTwoOwners()
    {
        for (var number = 0; number < _cluster.World.Count; number++)
        {
            if (_cluster.OwnersOf(number).Take(2).Count() == 2)
            {
                throw new SimulationFailedException(
                    _cluster,
                    $"{_cluster.World.NameOf(number)} has several owners: "
                    + $"{string.Join(", ", _cluster.OwnersOf(number).Select(o => o.Index))}");
            }
        }
    }

    private void CheckNothingOverdue(TimeSpan now)
    {
        for (var number = 0; number < _cluster.World.Count; number++)
        {
            if (!IsRequired(number, now))
            {
                _requiredSince[number] = now;
                continue;
            }

            // Faults that follow each other closely may each cost their own takeover; the clock starts at the last one.
            TimeSpan[] starts =
            [
                _lastStart.GetValueOrDefault(number),
                _requiredSince.GetValueOrDefault(number),
                _addedAt.GetValueOrDefault(number),
                _watchedSince,
            ];
            var due = starts.Max() + _cluster.World.Interval;
            var since = due > _lastDisturbance ? due : _lastDisturbance;
            if (now - since > _cluster.World.Interval + TakeoverLimit)
            {
                throw new SimulationFailedException(
                    _cluster,
                    $"{_cluster.World.NameOf(number)} is overdue for {(now - due).TotalSeconds:0.0} s, {(now - since).TotalSeconds:0.0} s "
                    + $"of them without a fault; {(_cluster.World.Interval + TakeoverLimit).TotalSeconds:0} s is the limit; owners: "
                    + string.Join(", ", _cluster.OwnersOf(number).Select(owner => owner.Index)));
            }
        }
    }

    /// <summary>Somebody must check it: all that run have it, or all see each other and the newest of their configurations
    /// does.</summary>
    private bool IsRequired(int number, TimeSpan now) => _cluster.Running.All(peer => peer.Edition.Has(number))
        || (IsAtRest(now) && NewestRunning().Has(number));

    private SimulatedEdition NewestRunning() => _cluster.Running.Select(peer => peer.Edition).MaxBy(edition => edition.Number)!;

    private List<Run> Runs(int number)
    {
        if (!_running.TryGetValue(number, out var runs))
        {
            _running.Add(number, runs = []);
        }

        return runs;
    }

    private sealed record Run(SimulatedPeer Peer, int Life, TimeSpan Start, TimeSpan End);
}
