namespace Compeer.Cluster.Model;

/// <summary>One write of one register, as it travels.</summary>
/// <param name="Origin">Who wrote it.</param>
/// <param name="Sequence">The writer's number for it; never used for another write.</param>
/// <param name="Clock">The writer's hybrid logical clock.</param>
/// <param name="Kind">What kind of value; also one that this version does not know.</param>
/// <param name="Key">Which of that kind.</param>
/// <param name="Payload">The value.</param>
public sealed record Update(
    NodeId Origin,
    long Sequence,
    ulong Clock,
    RegisterKind Kind,
    ReadOnlyMemory<byte> Key,
    ReadOnlyMemory<byte> Payload)
{
    /// <summary>The ownership it was written in; 0 for what anybody may write.</summary>
    public long Epoch { get; init; }

    /// <summary>Which setting of the key; 0 for what has none.</summary>
    public uint Setting { get; init; }

    /// <summary>The element of a set is gone, for good.</summary>
    public bool IsRemoval { get; init; }

    /// <summary>Fields of a later version, as they came.</summary>
    public ReadOnlyMemory<byte> Rest { get; init; }

    /// <summary>About what it takes in a frame and in memory.</summary>
    public int Size => Key.Length + Payload.Length + Rest.Length + 48;

    internal Stamp Stamp => new(Epoch, Clock, Origin);
}
