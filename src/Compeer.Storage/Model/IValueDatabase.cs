using Compeer.Cluster.Model;

namespace Compeer.Storage.Model;

/// <summary>Where a node keeps its values. Used by one thread.</summary>
public interface IValueDatabase : IDisposable
{
    /// <summary>Everything that is there.</summary>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public StoredValues Read();

    /// <summary>Writes all of it and brings it to the disk, or nothing.</summary>
    /// <returns>Up to where streams have nothing any more, of those of which something was let go: there was too much, or it was too
    /// old.</returns>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public IReadOnlyList<(StreamId Stream, long Floor)> Write(UnstoredValues values);

    /// <summary>Entries of a stream from a number on, ascending, about as many bytes as wanted; whether there are no more.</summary>
    /// <exception cref="StorageException">They cannot be read.</exception>
    public (IReadOnlyList<StreamEntry> Entries, bool IsEnd) Read(StreamFetch fetch);
}
