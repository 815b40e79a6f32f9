namespace Compeer.Cluster.Model;

/// <summary>
/// Where the entries of append-only streams are kept. It answers at once and never waits for a disk; it decides how much it
/// keeps, and lets go the oldest first.
/// </summary>
public interface IStreamStore
{
    /// <summary>All that it has, when a node starts.</summary>
    public IReadOnlyList<StreamExtent> Load();

    /// <summary>
    /// Keeps an entry that it does not have; numbers may come out of order. A writer's own entry is kept before it is sent to
    /// anybody. Its bytes are not changed afterwards.
    /// </summary>
    /// <param name="stream">Which stream.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="isReceived">Whether another node gave it, so that a <see cref="ClusterEffect.Entered"/> tells of it.</param>
    /// <returns>False when it is not kept, as it would be the first to be let go; the floor is not below its number then.</returns>
    public bool Append(StreamId stream, StreamEntry entry, bool isReceived);

    /// <summary>Whether it is ahead of its disk: after a crash it may not know an entry that others were given.</summary>
    public bool IsAhead { get; }

    /// <summary>The highest number up to which nothing is kept; 0 when nothing was let go.</summary>
    public long FloorOf(StreamId stream);

    /// <summary>Entries from a number on, ascending, at least one when there is any, about as many bytes as wanted.</summary>
    public StreamRead Read(StreamId stream, long from, int bytes);

    /// <summary>Takes out entries: their numbers turned out to have been given before.</summary>
    public void Remove(StreamId stream, WriteRange numbers);
}
