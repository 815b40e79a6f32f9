namespace Compeer.Cluster.Model;

/// <summary>An entry of a stream; it never changes.</summary>
/// <param name="Number">Its writer's number for it, from 1; never used for another entry of the stream.</param>
/// <param name="Payload">What it says, opaque to the cluster.</param>
/// <param name="Rest">Fields of a later version as they came, to be kept and passed on with it.</param>
public readonly record struct StreamEntry(long Number, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Rest = default)
{
    /// <summary>About what it takes in a frame and in memory.</summary>
    public int Size => Payload.Length + Rest.Length + 48;
}
