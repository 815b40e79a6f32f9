namespace Compeer.Cluster.Replication;

/// <summary>
/// What was sent on a link and is not acknowledged yet. The live stream stops when it is full, and what it leaves out is
/// caught up later by a sync: a slow neighbour costs a bounded amount of memory.
/// </summary>
internal sealed class SendWindow
{
    /// <summary>Bytes of updates under way at which the live stream stops.</summary>
    public const int FullBytes = 8 << 20;

    private readonly Queue<int> _frames = [];
    private long _acknowledged;

    public int Frames => _frames.Count;

    public long Bytes { get; private set; }

    /// <summary>The live stream leaves out updates until half of the window is free again.</summary>
    public bool IsFull { get; private set; }

    public void Sent(int bytes)
    {
        _frames.Enqueue(bytes);
        Bytes += bytes;
        IsFull |= Bytes > FullBytes;
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
            Bytes -= _frames.Dequeue();
        }

        IsFull &= Bytes > FullBytes / 2;
        return true;
    }
}
