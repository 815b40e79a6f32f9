namespace Compeer.Cluster.Model;

/// <summary>One write of one register, as it travels.</summary>
internal sealed record Update(
    Run Run,
    long Sequence,
    ulong Clock,
    RegisterKind Kind,
    ReadOnlyMemory<byte> Key,
    ReadOnlyMemory<byte> Payload)
{
    /// <summary>About what it takes in a frame.</summary>
    public int Size => Key.Length + Payload.Length + 40;

    public Stamp Stamp => new(Clock, Run.Node);
}
