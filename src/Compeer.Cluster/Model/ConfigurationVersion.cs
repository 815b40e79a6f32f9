using System.Collections.Immutable;

namespace Compeer.Cluster.Model;

/// <summary>
/// Which configuration a node runs. Versions are numbered, not timed: whoever takes up changed files gives them a
/// number above all that it has heard of, so that what is taken up last is the newest, whatever times files and clocks have.
/// The higher number is the newer; of equal ones, as after two take-ups at once, the higher hash. Only versions of one history
/// are compared so.
/// </summary>
/// <param name="Number">Its number, from 1; 0 for files that have none yet, and for nothing: no object at all, and no history.</param>
/// <param name="Hash">A hash over the content, at most 128 characters. Equal hashes mean the same objects.</param>
public sealed record ConfigurationVersion(long Number, string Hash) : IComparable<ConfigurationVersion>
{
    /// <summary>The longest hash accepted, in characters.</summary>
    public const int MaxHashLength = 128;

    /// <summary>As many versions that it was made from are remembered.</summary>
    public const int MaxAncestors = 16;

    /// <summary>The highest number: more than anybody takes up, and far from where numbers end. At it, hashes decide.</summary>
    public const long MaxNumber = 1L << 48;

    /// <summary>Where it was taken up and numbered.</summary>
    public NodeId Origin { get; init; }

    /// <summary>The history that it is of.</summary>
    public HistoryId History { get; init; }

    /// <summary>The versions that it was made from, the last one first, each by <see cref="Mark"/>. No part of what it is.</summary>
    public ImmutableArray<ulong> Ancestors { get; init; } = [];

    /// <summary>A short name of its content, as good as unique.</summary>
    public ulong Mark => StableHash.OfText(Hash);

    /// <summary>Files that somebody put here: the machine that takes them up gives the number.</summary>
    public static ConfigurationVersion Unnumbered(string hash) => new(0, hash);

    /// <summary>Whether the two may work together: they are of one history, or the same. Who says no history is taken for one of the
    /// other's.</summary>
    public bool IsRelatedTo(ConfigurationVersion other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return History == other.History || Hash == other.Hash || History == HistoryId.None || other.History == HistoryId.None;
    }

    /// <summary>Whether it was made knowing another one, which is no loss when it takes its place.</summary>
    public bool IsMadeFrom(ConfigurationVersion other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Hash == other.Hash || Ancestors.Contains(other.Mark);
    }

    /// <summary>The marks of what is made from it.</summary>
    public ImmutableArray<ulong> AncestorsOfNext() => [.. Ancestors.Where(mark => mark != Mark).Prepend(Mark).Take(MaxAncestors)];

    /// <inheritdoc/>
    public int CompareTo(ConfigurationVersion? other) => other is null ? 1
        : Number != other.Number ? Number.CompareTo(other.Number)
        : string.CompareOrdinal(Hash, other.Hash);

    /// <inheritdoc/>
    public bool Equals(ConfigurationVersion? other) => other is not null
        && (Number, Hash, Origin, History) == (other.Number, other.Hash, other.Origin, other.History);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Hash, Origin, History);

    /// <summary>Older.</summary>
    public static bool operator <(ConfigurationVersion left, ConfigurationVersion right) => left.CompareTo(right) < 0;

    /// <summary>Newer.</summary>
    public static bool operator >(ConfigurationVersion left, ConfigurationVersion right) => left.CompareTo(right) > 0;

    /// <summary>Older or the same.</summary>
    public static bool operator <=(ConfigurationVersion left, ConfigurationVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Newer or the same.</summary>
    public static bool operator >=(ConfigurationVersion left, ConfigurationVersion right) => left.CompareTo(right) >= 0;
}
