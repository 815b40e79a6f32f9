using System.Globalization;

namespace Compeer.Cluster.Model;

/// <summary>
/// Which history a configuration belongs to. Every change made to a configuration belongs to the history of what was changed; a
/// node that takes up files without having had any begins one of its own. Nodes of two histories do not work together: neither
/// configuration is a later state of the other.
/// </summary>
/// <param name="Upper">The first 64 bits; both are zero for none.</param>
/// <param name="Lower">The others; two halves for the reason given at <see cref="NodeId"/>.</param>
public readonly record struct HistoryId(ulong Upper, ulong Lower) : IComparable<HistoryId>
{
    /// <summary>The history of a number.</summary>
    public HistoryId(UInt128 value)
        : this((ulong)(value >> 64), (ulong)value)
    {
    }

    /// <summary>All bits as one number.</summary>
    public UInt128 Value => new(Upper, Lower);

    /// <summary>Configurations that were never taken up have none.</summary>
    public static HistoryId None => default;

    /// <summary>The history that a run of a node begins: nobody else begins the same.</summary>
    internal static HistoryId BegunBy(Run run) =>
        new(
            StableHash.Mix(run.Node.Lower ^ StableHash.Mix((ulong)run.Incarnation)),
            StableHash.Mix(run.Node.Upper ^ StableHash.Mix((ulong)run.Incarnation + 1)));

    /// <summary>Reads 32 hexadecimal digits, as <see cref="ToString"/> writes them; false when the text is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> digits, out HistoryId id)
    {
        var isId = HexadecimalHalves.TryRead(digits, out var upper, out var lower);
        id = isId ? new HistoryId(upper, lower) : default;
        return isId;
    }

    /// <inheritdoc/>
    public int CompareTo(HistoryId other) => Upper != other.Upper ? Upper.CompareTo(other.Upper) : Lower.CompareTo(other.Lower);

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Upper:x16}{Lower:x16}");

    /// <summary>Orders by value.</summary>
    public static bool operator <(HistoryId left, HistoryId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by value.</summary>
    public static bool operator >(HistoryId left, HistoryId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by value.</summary>
    public static bool operator <=(HistoryId left, HistoryId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by value.</summary>
    public static bool operator >=(HistoryId left, HistoryId right) => left.CompareTo(right) >= 0;
}
