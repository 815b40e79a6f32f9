using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>The pieces of streams that were fetched from the database for other nodes which are behind: a few, so that however long
/// somebody was away, and however much is to be sent, this is all that it takes in memory.</summary>
internal sealed class FetchedEntries
{
    /// <summary>Pieces that are kept, and fetched at once.</summary>
    private const int Most = 16;

    /// <summary>How much more than what goes into one frame is fetched.</summary>
    private const int Ahead = 4;

    private readonly List<Piece> _pieces = [];
    private readonly Queue<StreamFetch> _wanted = [];
    private readonly HashSet<(StreamId Stream, long From)> _open = [];

    /// <summary>Entries of a stream from a number on, as far as they are here; null when they are being fetched. Those in memory that
    /// the database may not have are among them.</summary>
    public List<StreamEntry>? Read(StreamId stream, JournaledStream row, long from, int bytes)
    {
        while (from < row.CachedFrom)
        {
            var found = _pieces.Find(piece => piece.Fetch.Stream == stream && piece.Fetch.Version == row.Version
                && piece.Fetch.From <= from && piece.To >= from);
            if (found is null)
            {
                Want(new StreamFetch(stream, from, bytes * Ahead, row.Version));
                return null;
            }

            var entries = found.Entries.Where(entry => entry.Number >= from)
                .UnionBy(row.Read(from, int.MaxValue, found.To), entry => entry.Number)
                .OrderBy(entry => entry.Number);
            var read = new List<StreamEntry>();
            foreach (var entry in entries.TakeWhile(_ => bytes > 0))
            {
                read.Add(entry);
                bytes -= entry.Size;
            }

            if (read.Count > 0)
            {
                return read;
            }

            from = found.To + 1;
        }

        return row.Read(from, bytes);
    }

    /// <summary>What is to be fetched; null when there is nothing.</summary>
    public StreamFetch? Take() => _wanted.TryDequeue(out var fetch) ? fetch : null;

    /// <summary>A piece is here.</summary>
    /// <param name="fetch">What was asked for.</param>
    /// <param name="entries">What the database has of it.</param>
    /// <param name="isEnd">Whether it has no more.</param>
    /// <param name="row">The stream as it is now.</param>
    public void Add(StreamFetch fetch, IReadOnlyList<StreamEntry> entries, bool isEnd, JournaledStream row)
    {
        _open.Remove((fetch.Stream, fetch.From));
        _pieces.RemoveAll(piece => piece.Fetch.Stream == fetch.Stream && piece.Fetch.Version != row.Version);
        if (fetch.Version == row.Version)
        {
            var to = isEnd || entries.Count == 0 ? row.CachedFrom - 1 : entries[^1].Number;
            _pieces.Add(new Piece(fetch, [.. entries.TakeWhile(entry => entry.Number < row.CachedFrom)], Math.Min(to, row.CachedFrom - 1)));
            if (_pieces.Count > Most)
            {
                _pieces.RemoveAt(0);
            }
        }
    }

    private void Want(StreamFetch fetch)
    {
        if (_open.Count < Most && _open.Add((fetch.Stream, fetch.From)))
        {
            _wanted.Enqueue(fetch);
        }
    }

    private sealed record Piece(StreamFetch Fetch, StreamEntry[] Entries, long To);
}
