namespace Compeer.Cluster.Model;

/// <summary>One replicated value that is not an object's check state.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Key">What it belongs to: an object's key, or an id; 1 to 1,024 bytes. Compared byte by byte.</param>
/// <param name="Setting">Which setting of that; 0 for a kind without.</param>
public readonly record struct RegisterKey(RegisterKind Kind, ReadOnlyMemory<byte> Key, uint Setting = 0)
{
    /// <inheritdoc/>
    public bool Equals(RegisterKey other) =>
        Kind == other.Kind && Setting == other.Setting && Key.Span.SequenceEqual(other.Key.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Setting, StableHash.OfKey(Key.Span));
}
