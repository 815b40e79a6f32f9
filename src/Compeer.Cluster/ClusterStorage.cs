using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;

namespace Compeer.Cluster;

/// <summary>
/// What a <see cref="ClusterMachine"/> has for the database of its node: the newest value of every register that the database has not.
/// What the database has is taken with <see cref="Load"/>.
/// </summary>
public sealed class ClusterStorage
{
    private readonly ClusterContext _context;
    private readonly Replicator _replicator;

    internal ClusterStorage(ClusterContext context, Replicator replicator) => (_context, _replicator) = (context, replicator);

    /// <summary>When <see cref="Take"/> has something, on the monotonic clock.</summary>
    public TimeSpan Due => _replicator.Storing.Unstored.Due;

    /// <summary>Rises with each value that this node wrote and that must not be lost: see <see cref="StoredUpTo"/>.</summary>
    public long Unforgettable => _replicator.Storing.Unstored.Urgent;

    /// <summary>Everything that <see cref="Unforgettable"/> counted up to this is in the database.</summary>
    public long StoredUpTo => _replicator.Storing.Unstored.Stored;

    /// <summary>
    /// Takes what the database of this node has: before the neighbours are known, or later, when it could not be read before. What this
    /// configuration does not have is kept for the others and for later.
    /// </summary>
    public void Load(ClusterTime now, StoredValues stored, ClusterEffects effects)
    {
        ArgumentNullException.ThrowIfNull(stored);
        _context.Begin(now, effects);
        _replicator.Storing.Take(stored);
    }

    /// <summary>
    /// What is to be written into the database now; answer with <see cref="Confirm"/> when it is there. Null when there is nothing, or
    /// something is being written. To be called when all effects of earlier calls are carried out.
    /// </summary>
    /// <param name="isLast">Whether nothing follows: all of it then, whatever is being written.</param>
    public UnstoredValues? Take(bool isLast) => _replicator.Storing.TakeUnstored(isLast);

    /// <summary>What <see cref="Take"/> gave is in the database.</summary>
    /// <param name="mark">Its mark.</param>
    public void Confirm(long mark) => _replicator.Storing.Unstored.Confirm(mark);

    /// <summary>The database was lost and another is in its place: everything is to be written again.</summary>
    public void StoreAnew() => _replicator.Storing.StoreAnew();
}
