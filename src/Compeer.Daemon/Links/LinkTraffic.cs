namespace Compeer.Daemon.Links;

/// <summary>What went in one direction since the start, over all links or over those of one neighbour. Any thread.</summary>
/// <param name="whole">That of all links, which this is a part of; null when it is that.</param>
internal sealed class LinkTraffic(LinkTraffic? whole)
{
    private long _frames;
    private long _batches;
    private long _bytes;

    /// <summary>Frames.</summary>
    public long Frames => Interlocked.Read(ref _frames);

    /// <summary>Writes to a link, or reads from one, each with any number of frames.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>Bytes before they are encrypted, lengths of frames included.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>One batch went over a link.</summary>
    public void Add(int frames, int bytes)
    {
        Interlocked.Add(ref _frames, frames);
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _bytes, bytes);
        whole?.Add(frames, bytes);
    }
}
