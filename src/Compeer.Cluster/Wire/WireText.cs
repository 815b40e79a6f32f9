using Compeer.Cluster.Model;

namespace Compeer.Cluster.Wire;

/// <summary>What keys keep to on the wire.</summary>
internal static class WireText
{
    /// <summary>A key, if it is one.</summary>
    /// <exception cref="FrameException">It is empty or too long.</exception>
    public static ReadOnlyMemory<byte> Key(ReadOnlyMemory<byte> key) => key.Length is >= 1 and <= ClusterObjects.MaxKeyBytes
        ? key
        : throw new FrameException($"a key of {key.Length} bytes; allowed are 1 to {ClusterObjects.MaxKeyBytes}");
}
