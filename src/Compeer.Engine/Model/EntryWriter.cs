using System.Buffers.Binary;

namespace Compeer.Engine.Model;

/// <summary>
/// Who gave an id: a run of a node, or what came out of a <c>retention.dat</c>, which is known by what it says.
/// </summary>
/// <param name="Upper">The first 64 bits; both are zero for nobody in particular.</param>
/// <param name="Lower">The others. Two halves and not one number of 128 bits: what has such a number in it is never compiled ahead of
/// time.</param>
public readonly record struct EntryWriter(ulong Upper, ulong Lower) : IComparable<EntryWriter>
{
    /// <summary>Bytes of a writer.</summary>
    public const int Length = 16;

    /// <summary>The upper half of what came out of a <c>retention.dat</c>: "imported".</summary>
    private const ulong Import = 0x696D_706F_7274_6564;

    /// <summary>Whether it stands for what came out of a <c>retention.dat</c>.</summary>
    public bool IsImport => Upper == Import;

    /// <summary>The writer of what came out of a <c>retention.dat</c>.</summary>
    /// <param name="hash">Of what it says: so it is known when it is read again.</param>
    public static EntryWriter ImportOf(ulong hash) => new(Import, hash);

    /// <summary>The writer in the first <see cref="Length"/> of these bytes, which are big-endian.</summary>
    public static EntryWriter Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]));

    /// <summary>Writes it to the first <see cref="Length"/> of these bytes, big-endian.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Upper);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Lower);
    }

    /// <inheritdoc/>
    public int CompareTo(EntryWriter other) => Upper != other.Upper ? Upper.CompareTo(other.Upper) : Lower.CompareTo(other.Lower);

    /// <summary>Orders by value.</summary>
    public static bool operator <(EntryWriter left, EntryWriter right) => left.CompareTo(right) < 0;

    /// <summary>Orders by value.</summary>
    public static bool operator >(EntryWriter left, EntryWriter right) => left.CompareTo(right) > 0;

    /// <summary>Orders by value.</summary>
    public static bool operator <=(EntryWriter left, EntryWriter right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by value.</summary>
    public static bool operator >=(EntryWriter left, EntryWriter right) => left.CompareTo(right) >= 0;
}
