using System.Buffers.Binary;
using Compeer.Cluster.Model;
using Google.Protobuf;

namespace Compeer.Cluster.Wire;

/// <summary>A node id as it travels: 16 bytes, big-endian.</summary>
internal static class WireNodeId
{
    public const int Length = 16;

    public static ByteString Write(NodeId id)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id.Value);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    public static NodeId Read(ByteString bytes) => bytes.Length == Length
        ? new NodeId(BinaryPrimitives.ReadUInt128BigEndian(bytes.Span))
        : throw new FrameException($"a node id of {bytes.Length} bytes; it has {Length}");
}
