namespace Compeer.Engine.Model;

/// <summary>
/// The id of a comment or a downtime. People and programs see the number; the writer is the run of the node that gave it, so that two
/// nodes that use one number at the same moment, as when one of them does not know of the other yet, still have two entries.
/// </summary>
/// <param name="Number">From 1.</param>
/// <param name="Writer">Who gave it; 0 for nobody in particular.</param>
public readonly record struct EntryId(ulong Number, EntryWriter Writer) : IComparable<EntryId>
{
    /// <summary>The id of a number and a writer that is one, too.</summary>
    public EntryId(ulong number, UInt128 writer)
        : this(number, new EntryWriter((ulong)(writer >> 64), (ulong)writer))
    {
    }

    /// <summary>Whether it came out of a <c>retention.dat</c>. Its writer alone says what it is then, whatever its number.</summary>
    public bool IsImported => Writer.IsImport;

    /// <summary>The first and the last id that a number can have.</summary>
    public static (EntryId First, EntryId Last) Of(ulong number) =>
        (new(number, default(EntryWriter)), new(number, new EntryWriter(ulong.MaxValue, ulong.MaxValue)));

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
