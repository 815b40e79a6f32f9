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
    private readonly TimeSpan[] _lastStart;
    private readonly List<Run>[] _running;
    private TimeSpan _lastDisturbance;
    private TimeSpan _watchedSince;

    public Checkers(SimulatedCluster cluster)
    {
        _cluster = cluster;
        _lastStart = new TimeSpan[cluster.World.Count];
        _running = new List<Run>[cluster.World.Count];
        for (int i = 0; i < _running.Length; i++)
        {
            _running[i] = [];
        }
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

    public void CheckStarted(SimulatedPeer peer, int index, TimeSpan duration)
    {
        ChecksStarted++;
        TimeSpan now = _cluster.Time.Now;
        List<Run> runs = _running[index];
        runs.RemoveAll(run => run.End < now && now - run.Start > _cluster.World.Interval);
        if (IsAtRest(now))
        {
            foreach (Run run in runs)
            {
                FailIfTwice(peer, index, run, now);
            }
        }

        runs.Add(new Run(peer, peer.Life, now, now + duration));
        _lastStart[index] = now;
    }

    public void Sample()
    {
        TimeSpan now = _cluster.Time.Now;
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
        for (int index = 0; index < _cluster.World.Count; index++)
        {
            if (_cluster.OwnersOf(index).Count() != 1)
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
        return views.TrueForAll(view => view.Members.Length == views.Count && view.Members.SequenceEqual(views[0].Members)
            && view.Owners.SequenceEqual(views[0].Owners));
    }

    /// <summary>Every running peer holds the same state of every object.</summary>
    public bool AllStatesEqual()
    {
        SimulatedPeer[] peers = [.. _cluster.Running];
        for (int index = 0; index < _cluster.World.Count; index++)
        {
            var id = new CheckableId(index);
            byte[] first = Engine.Events.CheckStateCodec.Encode(peers[0].Peer.StateOf(id));
            if (!peers.Skip(1).All(peer => Engine.Events.CheckStateCodec.Encode(peer.Peer.StateOf(id)).AsSpan().SequenceEqual(first)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Nothing has happened for a while, and all that run can reach each other, if only through others.</summary>
    private bool IsAtRest(TimeSpan now) => now - _lastDisturbance > Settled && _cluster.Network.Connects([.. _cluster.Running]);

    private void FailIfTwice(SimulatedPeer peer, int index, Run run, TimeSpan now)
    {
        // A check that died with its peer left no result; that it is run again is right.
        if (run.Peer == peer || (run.Life != run.Peer.Life && run.Peer.DiedAt < run.End))
        {
            return;
        }

        bool overlaps = run.End > now;
        if (overlaps || (now - run.Start < _cluster.World.Interval / 2 && run.Start > _lastDisturbance + Settled))
        {
            throw new SimulationFailedException(
                _cluster,
                $"{_cluster.World.NameOf(index)} is run by peer{peer.Index} while peer{run.Peer.Index} "
                + $"{(overlaps ? "runs" : "has just run")} it (since {run.Start.TotalSeconds:0.000} s)");
        }
    }

    private void CheckNoTwoOwners()
    {
        for (int index = 0; index < _cluster.World.Count; index++)
        {
            if (_cluster.OwnersOf(index).Take(2).Count() == 2)
            {
                throw new SimulationFailedException(
                    _cluster,
                    $"{_cluster.World.NameOf(index)} has several owners: "
                    + $"{string.Join(", ", _cluster.OwnersOf(index).Select(o => o.Index))}");
            }
        }
    }

    private void CheckNothingOverdue(TimeSpan now)
    {
        for (int index = 0; index < _lastStart.Length; index++)
        {
            // Faults that follow each other closely may each cost their own takeover; the clock starts at the last one.
            TimeSpan due = (_lastStart[index] > _watchedSince ? _lastStart[index] : _watchedSince) + _cluster.World.Interval;
            TimeSpan since = due > _lastDisturbance ? due : _lastDisturbance;
            if (now - since > _cluster.World.Interval + TakeoverLimit)
            {
                throw new SimulationFailedException(
                    _cluster,
                    $"{_cluster.World.NameOf(index)} is overdue for {(now - due).TotalSeconds:0.0} s, {(now - since).TotalSeconds:0.0} s "
                    + $"of them without a fault; {(_cluster.World.Interval + TakeoverLimit).TotalSeconds:0} s is the limit; owners: "
                    + string.Join(", ", _cluster.OwnersOf(index).Select(owner => owner.Index)));
            }
        }
    }

    private sealed record Run(SimulatedPeer Peer, int Life, TimeSpan Start, TimeSpan End);
}
