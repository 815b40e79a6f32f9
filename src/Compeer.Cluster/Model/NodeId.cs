using System.Globalization;

namespace Compeer.Cluster.Model;

/// <summary>
/// Who a node is, whatever it is called in anyone's merlin.conf: the first 128 bits of the SHA-256 of its public key
/// (SubjectPublicKeyInfo). Two nodes that know each other's key agree on it without talking.
/// </summary>
/// <param name="Value">The bits, big-endian.</param>
public readonly record struct NodeId(UInt128 Value) : IComparable<NodeId>
{
    /// <inheritdoc/>
    public int CompareTo(NodeId other) => Value.CompareTo(other.Value);

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Orders by value.</summary>
    public static bool operator <(NodeId left, NodeId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by value.</summary>
    public static bool operator >(NodeId left, NodeId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by value.</summary>
    public static bool operator <=(NodeId left, NodeId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by value.</summary>
    public static bool operator >=(NodeId left, NodeId right) => left.CompareTo(right) >= 0;
}
