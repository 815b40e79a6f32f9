using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>
/// What a node has: per run everything up to a sequence number, or something newer for the same register (Scuttlebutt
/// reconciliation, van Renesse et al. 2008). Numbers that came ahead of a gap are kept as ranges until the gap closes, so
/// that updates may take several ways and overtake each other.
/// <para>
/// It speaks of the objects of this node's configuration only: an update of another object counts as received. So that
/// it stays true when the configuration gets more objects, the lowest such number of each run is remembered, and what it
/// says is lowered to before it then.
/// </para>
/// </summary>
internal sealed class VersionVector
{
    /// <summary>Ranges kept per run. Forgetting one is safe: what it covered is asked for again.</summary>
    private const int MaxRanges = 32;

    private readonly Dictionary<Run, Progress> _runs = [];

    /// <summary>The numbers, for the wire.</summary>
    public IReadOnlyList<RunSequence> Entries() =>
        [.. _runs.Where(run => run.Value.Contiguous > 0).Select(run => new RunSequence(run.Key, run.Value.Contiguous))];

    /// <summary>Everything of the run up to this number is here; 0 when nothing is.</summary>
    public long this[Run run] => _runs.TryGetValue(run, out var progress) ? progress.Contiguous : 0;

    /// <summary>Takes note of one update. False when it was here before.</summary>
    public bool Add(Run run, long sequence) => Of(run).Add(sequence, MaxRanges);

    /// <summary>Takes note that an update came, without saying anything of those before it.</summary>
    public void See(RunSequence entry)
    {
        var progress = Of(entry.Run);
        progress.Highest = Math.Max(progress.Highest, entry.Sequence);
    }

    /// <summary>Whether an update of this number, or a later one of its run, has come. Of those that one node sends each comes
    /// after the ones before it.</summary>
    public bool HasSeen(RunSequence entry) =>
        entry.Sequence == 0 || (_runs.TryGetValue(entry.Run, out var progress) && progress.Highest >= entry.Sequence);

    /// <summary>Takes note that everything of a run up to a number is here.</summary>
    public void Raise(RunSequence entry) => Of(entry.Run).Raise(entry.Sequence);

    /// <summary>Takes note that the update of this number, or any after it, was let go because its object is not known here.</summary>
    public void Skip(RunSequence entry)
    {
        var progress = Of(entry.Run);
        progress.Skipped = Math.Min(progress.Skipped, entry.Sequence);
    }

    /// <summary>Per run the lowest number that was let go, for the wire.</summary>
    public IReadOnlyList<RunSequence> Skipped() =>
        [.. _runs.Where(run => run.Value.Skipped < long.MaxValue).Select(run => new RunSequence(run.Key, run.Value.Skipped))];

    /// <summary>There are more objects now: what was let go is not here. False when nothing was.</summary>
    public bool LowerToSkipped()
    {
        var lowered = false;
        foreach (var progress in _runs.Values)
        {
            lowered |= progress.LowerToSkipped();
        }

        return lowered;
    }

    /// <summary>Whether all of an entry is here.</summary>
    public bool Covers(RunSequence entry) => this[entry.Run] >= entry.Sequence;

    /// <summary>
    /// Forgets the oldest run when there are too many of them. That loses nothing: what this node has of it is offered
    /// again by the others and found to be known.
    /// </summary>
    private Progress Of(Run run)
    {
        if (_runs.TryGetValue(run, out var progress))
        {
            return progress;
        }

        if (_runs.Count >= ProtocolLimits.MaxRuns)
        {
            _runs.Remove(_runs.Keys.MinBy(known => known.Incarnation));
        }

        progress = new Progress();
        _runs.Add(run, progress);
        return progress;
    }

    private sealed class Progress
    {
        // Ascending, neither touching each other nor the contiguous part.
        private readonly List<(long From, long To)> _ahead = [];

        public long Contiguous { get; private set; }

        /// <summary>The highest number that came, whatever is lacking before it.</summary>
        public long Highest { get; set; }

        /// <summary>The lowest number let go; the highest there is for none.</summary>
        public long Skipped { get; set; } = long.MaxValue;

        public bool Add(long sequence, int maxRanges)
        {
            Highest = Math.Max(Highest, sequence);
            if (sequence <= Contiguous)
            {
                return false;
            }

            if (sequence == Contiguous + 1)
            {
                Raise(sequence);
                return true;
            }

            var next = _ahead.FindIndex(range => range.To >= sequence - 1);
            if (next < 0)
            {
                _ahead.Add((sequence, sequence));
            }
            else if (_ahead[next].From > sequence + 1)
            {
                _ahead.Insert(next, (sequence, sequence));
            }
            else if (_ahead[next].From <= sequence && _ahead[next].To >= sequence)
            {
                return false;
            }
            else
            {
                _ahead[next] = (Math.Min(_ahead[next].From, sequence), Math.Max(_ahead[next].To, sequence));
                MergeWithNext(next);
            }

            if (_ahead.Count > maxRanges)
            {
                _ahead.RemoveAt(_ahead.Count - 1);
            }

            return true;
        }

        public void Raise(long sequence)
        {
            Contiguous = Math.Max(Contiguous, sequence);
            Highest = Math.Max(Highest, sequence);
            while (_ahead.Count > 0 && _ahead[0].From <= Contiguous + 1)
            {
                Contiguous = Math.Max(Contiguous, _ahead[0].To);
                _ahead.RemoveAt(0);
            }
        }

        public bool LowerToSkipped()
        {
            if (Skipped == long.MaxValue)
            {
                return false;
            }

            Contiguous = Math.Min(Contiguous, Skipped - 1);
            _ahead.RemoveAll(range => range.To >= Skipped);
            Skipped = long.MaxValue;
            return true;
        }

        private void MergeWithNext(int index)
        {
            if (index + 1 < _ahead.Count && _ahead[index + 1].From <= _ahead[index].To + 1)
            {
                _ahead[index] = (_ahead[index].From, _ahead[index + 1].To);
                _ahead.RemoveAt(index + 1);
            }
        }
    }
}
