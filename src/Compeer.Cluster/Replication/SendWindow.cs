namespace Compeer.Cluster.Replication;

/// <summary>
/// What was sent on a link and is not acknowledged yet. The live stream stops when it is full, and what it leaves out is
/// caught up later by a sync: a slow neighbour costs a bounded amount of memory.
/// </summary>
/// <param name="fullBytes">Bytes under way at which nothing more is sent.</param>
/// <param name="fullItems">Items under way at which nothing more is sent.</param>
internal sealed class SendWindow(int fullBytes, int fullItems = int.MaxValue)
{
    private readonly Queue<(int Bytes, int Items)> _frames = [];
    private long _acknowledged;

    public int Frames => _frames.Count;

    public long Bytes { get; private set; }

    public long Items { get; private set; }

    /// <summary>The live stream leaves out updates until half of the window is free again.</summary>
    public bool IsFull { get; private set; }

    public void Sent(int bytes, int items = 0)
    {
        _frames.Enqueue((bytes, items));
        Bytes += bytes;
        Items += items;
        IsFull |= Bytes > fullBytes || Items > fullItems;
    }

    /// <summary>All frames up to a count arrived. False when fewer were sent.</summary>
    public bool Acknowledge(long frames)
    {
        if (frames < _acknowledged || frames - _acknowledged > _frames.Count)
        {
            return false;
        }

        for (; _acknowledged < frames; _acknowledged++)
        {
            var (bytes, items) = _frames.Dequeue();
            Bytes -= bytes;
            Items -= items;
        }

        IsFull &= Bytes > fullBytes / 2 || Items > fullItems / 2;
        return true;
    }
}
