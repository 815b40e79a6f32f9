namespace Compeer.Cluster.Model;

/// <summary>Which object configuration a node runs. The later is the newer; of equal times, the higher hash.</summary>
/// <param name="UnixMilliseconds">When it was made, in milliseconds since 1970 on the clock of the node it was made on.</param>
/// <param name="Hash">A hash over the files, at most 128 characters. Equal hashes mean the same objects.</param>
public sealed record ConfigurationVersion(long UnixMilliseconds, string Hash) : IComparable<ConfigurationVersion>
{
    /// <summary>The longest hash accepted, in characters.</summary>
    public const int MaxHashLength = 128;

    /// <inheritdoc/>
    public int CompareTo(ConfigurationVersion? other) => other is null ? 1
        : UnixMilliseconds != other.UnixMilliseconds ? UnixMilliseconds.CompareTo(other.UnixMilliseconds)
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
