using Compeer.Cluster.Model;

namespace Compeer.Storage.Model;

/// <summary>Where a node keeps its values. Used by one thread.</summary>
public interface IValueDatabase : IDisposable
{
    /// <summary>Everything that is there.</summary>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public StoredValues Read();

    /// <summary>Writes all of it and brings it to the disk, or nothing.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public void Write(UnstoredValues values);
}
