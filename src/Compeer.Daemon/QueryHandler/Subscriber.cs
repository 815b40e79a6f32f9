using System.Threading.Channels;

namespace Compeer.Daemon.QueryHandler;

/// <summary>A client that may be sent lines without asking each time. What it does not read waits, up to a bound; then the client is let
/// go. Any thread.</summary>
internal sealed class Subscriber
{
    /// <summary>Lines that wait for one client.</summary>
    public const int MostWaiting = 10_000;

    private readonly Channel<byte[]> _lines = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private readonly Lock _lock = new();
    private readonly HashSet<string> _channels = new(StringComparer.Ordinal);

    /// <summary>What waits to be sent; ends when it is too much.</summary>
    public ChannelReader<byte[]> Lines => _lines.Reader;

    /// <summary>Whether it wants anything.</summary>
    public bool IsSubscribed
    {
        get
        {
            lock (_lock)
            {
                return _channels.Count > 0;
            }
        }
    }

    /// <summary>Wants what comes on a channel, or no longer.</summary>
    public void Set(string channel, bool isWanted)
    {
        lock (_lock)
        {
            _ = isWanted ? _channels.Add(channel) : _channels.Remove(channel);
        }
    }

    /// <summary>Gives it a line, if it wants those of the channel.</summary>
    public void Tell(string channel, byte[] line)
    {
        lock (_lock)
        {
            if (!_channels.Contains(channel))
            {
                return;
            }
        }

        if (!_lines.Writer.TryWrite(line))
        {
            End();
        }
    }

    /// <summary>It has gone, or is let go.</summary>
    public void End()
    {
        lock (_lock)
        {
            _channels.Clear();
        }

        _lines.Writer.TryComplete();
    }
}
