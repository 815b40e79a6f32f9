using Compeer.Cluster.Model;
using Google.Protobuf;

namespace Compeer.Cluster.Wire;

/// <summary>A node id as it travels: 16 bytes, big-endian.</summary>
internal static class WireNodeId
{
    public const int Length = NodeId.Length;

    public static ByteString Write(NodeId id)
    {
        var bytes = new byte[Length];
        id.Write(bytes);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    public static NodeId Read(ByteString bytes) => bytes.Length == Length
        ? NodeId.Read(bytes.Span)
        : throw new FrameException($"a node id of {bytes.Length} bytes; it has {Length}");
}
