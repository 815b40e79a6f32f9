using Compeer.Cluster.Model;

namespace Compeer.Daemon.Versions;

/// <summary>Puts the pieces of content together on the disk, as they come from another node, within the limits that were set
/// for each.</summary>
/// <param name="store">Takes what is whole.</param>
internal sealed class ContentGathering(ContentStore store)
{
    private readonly Dictionary<string, (long Limit, long Received)> _wanted = new(StringComparer.Ordinal);

    /// <summary>What is still wanted.</summary>
    public IReadOnlyCollection<string> Wanted => _wanted.Keys;

    /// <summary>Content is wanted, of at most this length.</summary>
    public void Want(string hash, long limit) => _wanted[hash] = (limit, 0);

    /// <summary>Nothing is wanted any more.</summary>
    public void Clear() => _wanted.Clear();

    /// <summary>A piece came; what is wrong with it, or nothing.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public string Take(ClusterEffect.Content piece)
    {
        if (!_wanted.TryGetValue(piece.Hash, out var wanted))
        {
            return "";
        }

        if (piece.Total > wanted.Limit)
        {
            return $"a file of {piece.Total} bytes where {wanted.Limit} were said";
        }

        if (piece.Offset != 0 && piece.Offset != wanted.Received)
        {
            return "";
        }

        store.Append(piece.Hash, piece.Offset, piece.Data.Span);
        var received = piece.Offset + piece.Data.Length;
        _wanted[piece.Hash] = (wanted.Limit, received);
        if (received < piece.Total)
        {
            return "";
        }

        _wanted.Remove(piece.Hash);
        return store.Finish(piece.Hash) ? "" : "a file that is not what its hash says";
    }
}
