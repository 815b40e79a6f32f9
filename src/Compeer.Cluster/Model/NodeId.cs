using System.Buffers.Binary;
using System.Globalization;

namespace Compeer.Cluster.Model;

/// <summary>
/// Who a node is, whatever it is called in anyone's merlin.conf: the first 128 bits of the SHA-256 of its public key
/// (SubjectPublicKeyInfo). Two nodes that know each other's key agree on it without talking.
/// </summary>
/// <param name="Upper">The first 64 bits, big-endian.</param>
/// <param name="Lower">The others. Two halves and not one number of 128 bits: what has such a number in it is never compiled ahead of
/// time, and a node's id is in nearly everything.</param>
public readonly record struct NodeId(ulong Upper, ulong Lower) : IComparable<NodeId>
{
    /// <summary>Bytes of an id.</summary>
    public const int Length = 16;

    /// <summary>The node of a number.</summary>
    public NodeId(UInt128 value)
        : this((ulong)(value >> 64), (ulong)value)
    {
    }

    /// <summary>All bits as one number.</summary>
    public UInt128 Value => new(Upper, Lower);

    /// <summary>The id in the first <see cref="Length"/> of these bytes, which are big-endian.</summary>
    public static NodeId Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]));

    /// <summary>Writes the id to the first <see cref="Length"/> of these bytes, big-endian.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Upper);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Lower);
    }

    /// <summary>Reads 32 hexadecimal digits, as <see cref="ToString"/> writes them; false when the text is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> digits, out NodeId id)
    {
        var isId = HexadecimalHalves.TryRead(digits, out var upper, out var lower);
        id = isId ? new NodeId(upper, lower) : default;
        return isId;
    }

    /// <inheritdoc/>
    public int CompareTo(NodeId other) => Upper != other.Upper ? Upper.CompareTo(other.Upper) : Lower.CompareTo(other.Lower);

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Upper:x16}{Lower:x16}");

    /// <summary>Orders by value.</summary>
    public static bool operator <(NodeId left, NodeId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by value.</summary>
    public static bool operator >(NodeId left, NodeId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by value.</summary>
    public static bool operator <=(NodeId left, NodeId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by value.</summary>
    public static bool operator >=(NodeId left, NodeId right) => left.CompareTo(right) >= 0;
}
