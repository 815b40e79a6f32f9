using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>
/// What a node has, by who wrote it. It makes two statements that differ where something was let go for want of room:
/// what need not be sent to it again, and, below the lowest number let go, what it vouches for to others.
/// </summary>
internal sealed class Knowledge
{
    private static readonly IntervalSet Nothing = new();

    private readonly Dictionary<NodeId, Progress> _origins = [];

    /// <summary>Rises with every change.</summary>
    public long Changes { get; private set; }

    /// <summary>Everything, for the wire.</summary>
    public IReadOnlyList<OriginKnowledge> Entries() => EntriesSince(0);

    /// <summary>What changed after a value of <see cref="Changes"/>.</summary>
    public IReadOnlyList<OriginKnowledge> EntriesSince(long changes) =>
        [.. _origins.Where(origin => origin.Value.Changed > changes).Select(origin => Entry(origin.Key, origin.Value))];

    public bool Contains(NodeId origin, long sequence) => Find(origin)?.Known.Contains(sequence) ?? false;

    /// <summary>The highest number of a node's writes that is known here.</summary>
    public long TopOf(NodeId origin) => Find(origin)?.Known.Top ?? 0;

    /// <summary>Whether the numbers of any of some nodes are known with a gap, or not from the beginning.</summary>
    public bool HasGapsOf(ImmutableArray<NodeId> nodes) => _origins.Any(origin =>
        nodes.Contains(origin.Key) && origin.Value.Known.Ranges is { Count: > 0 } ranges && (ranges.Count > 1 || ranges[0].From > 1));

    /// <summary>The numbers that are known of a node's writes.</summary>
    public IReadOnlyList<WriteRange> RangesOf(NodeId origin) => Find(origin)?.Known.Ranges ?? [];

    /// <summary>Whether more is known, or was let go, of a node's writes than the ranges say.</summary>
    public bool IsPartial(NodeId origin) => Find(origin) is { } progress && (progress.IsPartial || progress.Known.IsPartial);

    /// <summary>Takes note of a write. False when it was known.</summary>
    public bool Add(NodeId origin, long sequence) => Of(origin) is { } progress && progress.Known.Add(sequence) && Touch(progress);

    /// <summary>Takes note that all of a range is here.</summary>
    public void Add(NodeId origin, WriteRange range)
    {
        if (Of(origin) is { } progress && progress.Known.Add(range))
        {
            Touch(progress);
        }
    }

    /// <summary>These numbers are not here after all.</summary>
    public void Remove(NodeId origin, WriteRange range)
    {
        if (Find(origin) is { Known.Ranges.Count: > 0 } progress)
        {
            progress.Known.Remove(range);
            Touch(progress);
        }
    }

    /// <summary>A write was let go: it need not be sent again, and is not vouched for.</summary>
    public void Drop(NodeId origin, long sequence)
    {
        if (Of(origin) is { } progress)
        {
            progress.Dropped = Math.Min(progress.Dropped, sequence);
            Touch(progress);
        }
    }

    /// <summary>Forgets what it knew beyond what it vouches for: there is room now, or use. False when nothing was let go.</summary>
    public bool AskAgain()
    {
        var any = false;
        foreach (var progress in _origins.Values.Where(progress => progress.Dropped < long.MaxValue))
        {
            progress.Known.Remove(new WriteRange(progress.Dropped, long.MaxValue));
            progress.Dropped = long.MaxValue;
            Touch(progress);
            any = true;
        }

        return any;
    }

    /// <summary>Takes note of what another vouches for, having sent all that it had of it.</summary>
    public void TakeOver(OriginKnowledge entry)
    {
        foreach (var range in entry.Known)
        {
            Add(entry.Origin, Vouched(range, entry.Dropped));
        }
    }

    /// <summary>Takes note that another has more of a node's writes than it says.</summary>
    public void MarkPartial(NodeId origin)
    {
        if (Of(origin) is { IsPartial: false } progress)
        {
            progress.IsPartial = true;
            Touch(progress);
        }
    }

    /// <summary>Whether everything that another statement names is known here.</summary>
    public bool CoversAll(Knowledge other) => other._origins.All(origin =>
        origin.Value.Known.FirstBeyond(Find(origin.Key)?.Known ?? Nothing, 0) is null);

    /// <summary>Replaces what is said of one origin by what came over the wire.</summary>
    public void Replace(OriginKnowledge entry)
    {
        if (Of(entry.Origin) is { } progress)
        {
            progress.Known.Remove(new WriteRange(1, long.MaxValue));
            foreach (var range in entry.Known)
            {
                progress.Known.Add(range);
            }

            progress.Dropped = entry.Dropped == 0 ? long.MaxValue : entry.Dropped;
            progress.IsPartial = entry.IsPartial;
            Touch(progress);
        }
    }

    /// <summary>
    /// Whether another has, or vouches for, what is not here. What it has offered before, and did not vouch for, is no
    /// reason to ask it again.
    /// </summary>
    public bool Lacks(Knowledge theirs, Knowledge offered) => theirs._origins.Any(origin =>
        origin.Value.Known.Ranges.Any(range =>
            !IsHere(origin.Key, Vouched(range, origin.Value.Dropped), offered)
            || !CoversWith(origin.Key, range, offered)));

    /// <summary>Whether all of a range is known.</summary>
    public bool Covers(NodeId origin, WriteRange range) => range.From > range.To || (Find(origin)?.Known.Covers(range) ?? false);

    /// <summary>Whether a write is known and vouched for.</summary>
    public bool Vouches(NodeId origin, long sequence) =>
        Find(origin) is { } progress && sequence < progress.Dropped && progress.Known.Contains(sequence);

    private static WriteRange Vouched(WriteRange range, long dropped) =>
        dropped is 0 or long.MaxValue ? range : range with { To = Math.Min(range.To, dropped - 1) };

    /// <summary>Whether all of a range came, also where there was no room to remember that it did.</summary>
    private bool IsHere(NodeId origin, WriteRange range, Knowledge offered) =>
        Covers(origin, range) || (IsPartial(origin) && CoversWith(origin, range, offered));

    private bool CoversWith(NodeId origin, WriteRange range, Knowledge other)
    {
        var (one, two) = (Find(origin)?.Known ?? Nothing, other.Find(origin)?.Known ?? Nothing);
        var next = range.From;
        while (next <= range.To && (one.EndOf(next) ?? two.EndOf(next)) is { } end)
        {
            next = end + 1;
        }

        return next > range.To;
    }

    private static OriginKnowledge Entry(NodeId origin, Progress progress) => new(
        origin,
        progress.Known.ToImmutable(),
        progress.Dropped == long.MaxValue ? 0 : progress.Dropped,
        progress.IsPartial || progress.Known.IsPartial);

    private Progress? Find(NodeId origin) => _origins.GetValueOrDefault(origin);

    /// <summary>
    /// The progress of an origin; null for one too many. Nothing is forgotten for it: what the newcomer writes is stored, and
    /// sent here again at every catching up.
    /// </summary>
    private Progress? Of(NodeId origin)
    {
        if (_origins.TryGetValue(origin, out var progress))
        {
            return progress;
        }

        if (_origins.Count >= ProtocolLimits.MaxOrigins)
        {
            return null;
        }

        progress = new Progress();
        _origins.Add(origin, progress);
        return progress;
    }

    private bool Touch(Progress progress)
    {
        progress.Changed = ++Changes;
        return true;
    }

    private sealed class Progress
    {
        public IntervalSet Known { get; } = new();

        /// <summary>The lowest number let go; the highest there is for none.</summary>
        public long Dropped { get; set; } = long.MaxValue;

        /// <summary>Whoever has this said that there is more.</summary>
        public bool IsPartial { get; set; }

        public long Changed { get; set; }
    }
}
