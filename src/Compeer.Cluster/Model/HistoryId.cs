using System.Globalization;

namespace Compeer.Cluster.Model;

/// <summary>
/// Which history a configuration belongs to. Every change made to a configuration belongs to the history of what was changed; a
/// node that takes up files without having had any begins one of its own. Nodes of two histories do not work together: neither
/// configuration is a later state of the other.
/// </summary>
/// <param name="Value">The bits; zero for none.</param>
public readonly record struct HistoryId(UInt128 Value) : IComparable<HistoryId>
{
    /// <summary>Configurations that were never taken up have none.</summary>
    public static HistoryId None => default;

    /// <summary>The history that a run of a node begins: nobody else begins the same.</summary>
    internal static HistoryId BegunBy(Run run) =>
        new(new UInt128(
            StableHash.Mix((ulong)run.Node.Value ^ StableHash.Mix((ulong)run.Incarnation)),
            StableHash.Mix((ulong)(run.Node.Value >> 64) ^ StableHash.Mix((ulong)run.Incarnation + 1))));

    /// <inheritdoc/>
    public int CompareTo(HistoryId other) => Value.CompareTo(other.Value);

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Orders by value.</summary>
    public static bool operator <(HistoryId left, HistoryId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by value.</summary>
    public static bool operator >(HistoryId left, HistoryId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by value.</summary>
    public static bool operator <=(HistoryId left, HistoryId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by value.</summary>
    public static bool operator >=(HistoryId left, HistoryId right) => left.CompareTo(right) >= 0;
}
