namespace Compeer.Cluster.Model;

/// <summary>What the shell has to say about configurations that travel.</summary>
public abstract record ConfigurationInput : ExchangeInput
{
    private ConfigurationInput()
    {
    }

    /// <summary>Content is wanted from other nodes, in the place of what was wanted before: its pieces come out as
    /// <see cref="ClusterEffect.Content"/>.</summary>
    /// <param name="Hashes">What is wanted.</param>
    public sealed record Want(IReadOnlyList<string> Hashes) : ConfigurationInput;

    /// <summary>Answers a <see cref="ClusterEffect.Content"/>: the piece is put away.</summary>
    /// <param name="Hash">Of the whole.</param>
    /// <param name="Received">How much of it is here, bytes.</param>
    /// <param name="IsWhole">Whether that is all.</param>
    public sealed record Taken(string Hash, long Received, bool IsWhole) : ConfigurationInput;

    /// <summary>Answers a <see cref="ClusterEffect.ReadContent"/>.</summary>
    /// <param name="Link">Who asked.</param>
    /// <param name="Hash">Of the whole.</param>
    /// <param name="Offset">Where in it the piece begins.</param>
    /// <param name="Total">The length of the whole, bytes; null when it is not here.</param>
    /// <param name="Data">The piece; not changed afterwards.</param>
    public sealed record Read(LinkId Link, string Hash, long Offset, long? Total, ReadOnlyMemory<byte> Data) : ConfigurationInput;

    /// <summary>Answers a <see cref="ClusterEffect.Behind"/>: the configuration is not taken up here. The others get to know it.</summary>
    /// <param name="Configuration">Which, and why; null when that is over.</param>
    public sealed record Refuse(RefusedConfiguration? Configuration) : ConfigurationInput;
}
