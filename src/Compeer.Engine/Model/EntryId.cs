namespace Compeer.Engine.Model;

/// <summary>
/// The id of a comment or a downtime. People and programs see the number; the writer is the run of the node that gave it, so that two
/// nodes that use one number at the same moment, as when one of them does not know of the other yet, still have two entries.
/// </summary>
/// <param name="Number">From 1.</param>
/// <param name="Writer">Who gave it; 0 for nobody in particular.</param>
public readonly record struct EntryId(ulong Number, UInt128 Writer) : IComparable<EntryId>
{
    /// <inheritdoc/>
    public int CompareTo(EntryId other) =>
        Number != other.Number ? Number.CompareTo(other.Number) : Writer.CompareTo(other.Writer);

    /// <summary>Orders by number, then writer.</summary>
    public static bool operator <(EntryId left, EntryId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by number, then writer.</summary>
    public static bool operator >(EntryId left, EntryId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by number, then writer.</summary>
    public static bool operator <=(EntryId left, EntryId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by number, then writer.</summary>
    public static bool operator >=(EntryId left, EntryId right) => left.CompareTo(right) >= 0;
}
