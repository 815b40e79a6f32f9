namespace Compeer.Engine.Model;

/// <summary>
/// The id of a comment or a downtime. People and programs see the number; the writer is the run of the node that gave it, so that two
/// nodes that use one number at the same moment, as when one of them does not know of the other yet, still have two entries.
/// </summary>
/// <param name="Number">From 1.</param>
/// <param name="Writer">Who gave it; 0 for nobody in particular.</param>
public readonly record struct EntryId(ulong Number, UInt128 Writer) : IComparable<EntryId>
{
    /// <summary>The upper half of the writer of what came out of a <c>retention.dat</c>: "imported".</summary>
    private const ulong Import = 0x696D_706F_7274_6564;

    /// <summary>Whether it came out of a <c>retention.dat</c>. Its writer alone says what it is then, whatever its number.</summary>
    public bool IsImported => (ulong)(Writer >> 64) == Import;

    /// <summary>The writer of what came out of a <c>retention.dat</c>.</summary>
    /// <param name="hash">Of what it says: so it is known when it is read again.</param>
    public static UInt128 ImportOf(ulong hash) => new(Import, hash);

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
