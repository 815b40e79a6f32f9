namespace Compeer.Cluster.Model;

/// <summary>What the shell has to say about files and folders that are kept the same at other nodes.</summary>
public abstract record FilesInput : ExchangeInput
{
    private FilesInput()
    {
    }

    /// <summary>Everything that is to be the same at a neighbour, in the place of what was said before; on every new connection it is
    /// said again.</summary>
    /// <param name="Neighbour">Where.</param>
    /// <param name="Paths">What, at most <see cref="OfferedPath.MaxPaths"/>.</param>
    public sealed record Offer(NodeId Neighbour, IReadOnlyList<OfferedPath> Paths) : FilesInput;

    /// <summary>How this node stands to what a neighbour offered.</summary>
    /// <param name="Neighbour">Who offered it.</param>
    /// <param name="Paths">Those of which there is something to say.</param>
    public sealed record Report(NodeId Neighbour, IReadOnlyList<PathReport> Paths) : FilesInput;

    /// <summary>Content of what a neighbour offered is wanted of it, in the place of what was wanted before: its pieces come out as
    /// <see cref="ClusterEffect.Content"/>.</summary>
    /// <param name="Neighbour">Who offered it.</param>
    /// <param name="Hashes">What is wanted; none ends it.</param>
    public sealed record Want(NodeId Neighbour, IReadOnlyList<string> Hashes) : FilesInput;

    /// <summary>Answers a <see cref="ClusterEffect.Content"/> of files: the piece is put away.</summary>
    /// <param name="Neighbour">Whose it is.</param>
    /// <param name="Hash">Of the whole.</param>
    /// <param name="Received">How much of it is here, bytes.</param>
    /// <param name="IsWhole">Whether that is all.</param>
    public sealed record Taken(NodeId Neighbour, string Hash, long Received, bool IsWhole) : FilesInput;

    /// <summary>Answers a <see cref="ClusterEffect.ReadContent"/> of files.</summary>
    /// <param name="Neighbour">Who asked.</param>
    /// <param name="Link">Over which link.</param>
    /// <param name="Hash">Of the whole.</param>
    /// <param name="Offset">Where in it the piece begins.</param>
    /// <param name="Total">The length of the whole, bytes; null when it is not here, or was not offered.</param>
    /// <param name="Data">The piece; not changed afterwards.</param>
    public sealed record Read(NodeId Neighbour, LinkId Link, string Hash, long Offset, long? Total, ReadOnlyMemory<byte> Data)
        : FilesInput;
}
