namespace Compeer.Cluster.Model;

/// <summary>
/// Which object configuration a node runs. Versions are numbered, not timed: whoever takes up changed files gives them a
/// number above all that it has heard of, so that what is taken up last is the newest, whatever times files and clocks have.
/// The higher number is the newer; of equal ones, as after two take-ups at once, the higher hash.
/// </summary>
/// <param name="Number">Its number, from 1; 0 for files that have none yet.</param>
/// <param name="Hash">A hash over the files, at most 128 characters. Equal hashes mean the same objects.</param>
public sealed record ConfigurationVersion(long Number, string Hash) : IComparable<ConfigurationVersion>
{
    /// <summary>The longest hash accepted, in characters.</summary>
    public const int MaxHashLength = 128;

    /// <summary>Where it was taken up and numbered.</summary>
    public NodeId Origin { get; init; }

    /// <summary>Files that somebody put here: the machine that takes them up gives the number.</summary>
    public static ConfigurationVersion Unnumbered(string hash) => new(0, hash);

    /// <inheritdoc/>
    public int CompareTo(ConfigurationVersion? other) => other is null ? 1
        : Number != other.Number ? Number.CompareTo(other.Number)
        : string.CompareOrdinal(Hash, other.Hash);

    /// <summary>Older.</summary>
    public static bool operator <(ConfigurationVersion left, ConfigurationVersion right) => left.CompareTo(right) < 0;

    /// <summary>Newer.</summary>
    public static bool operator >(ConfigurationVersion left, ConfigurationVersion right) => left.CompareTo(right) > 0;

    /// <summary>Older or the same.</summary>
    public static bool operator <=(ConfigurationVersion left, ConfigurationVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Newer or the same.</summary>
    public static bool operator >=(ConfigurationVersion left, ConfigurationVersion right) => left.CompareTo(right) >= 0;
}
