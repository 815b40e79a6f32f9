namespace Compeer.Cluster.Model;

/// <summary>What a node is and how patient it is. The defaults are those of docs/architecture.md.</summary>
public sealed record ClusterOptions
{
    /// <summary>This node.</summary>
    public required NodeId Self { get; init; }

    /// <summary>
    /// Which run of this node it is: the wall clock's milliseconds since 1970 when the process started. It must be higher
    /// at every start; a node that finds that its peers know a higher one continues above that.
    /// </summary>
    public required long Incarnation { get; init; }

    /// <summary>What the last run of this node left behind.</summary>
    public DurableState Durable { get; init; } = DurableState.Empty;

    /// <summary>Whether values are kept in a database: what is not there yet is remembered for <see cref="ClusterStorage.Take"/>.</summary>
    public bool KeepsValues { get; init; }

    /// <summary>How often every link carries a pulse. Merlin: <c>pulse_interval</c>.</summary>
    /// <value>50 ms to 1 min; 1 s.</value>
    public TimeSpan PulseInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a link may be silent before the node behind it is down. Merlin: <c>data_timeout</c>.</summary>
    /// <value>At least two pulse intervals; 3 s.</value>
    public TimeSpan DataTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a lost connection may take to come back before the node behind it is down.</summary>
    /// <value>500 ms.</value>
    public TimeSpan ReconnectGrace { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a starting node waits for peers that neither answer nor refuse.</summary>
    /// <value>3 s.</value>
    public TimeSpan StartupGrace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long to wait for a peer to confirm that it gave up what this node shall take over: then fail open.</summary>
    /// <value>2 s.</value>
    public TimeSpan HandoverTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The largest frame sent or accepted, in bytes without the length prefix.</summary>
    /// <value>64 KiB to 16 MiB; 1 MiB.</value>
    public int MaxFrameBytes { get; init; } = 1 << 20;

    /// <summary>How much may be under way on a link, in bytes of updates that are not acknowledged, before the live stream leaves out what
    /// is caught up with later.</summary>
    /// <value>1 KiB to 1 GiB; 8 MiB.</value>
    public int SendWindowBytes { get; init; } = 8 << 20;

    /// <summary>What the others show as this node's version.</summary>
    public string SoftwareVersion { get; init; } = "";

    /// <summary>Says what is wrong with these options, or null.</summary>
    public string? Problem()
    {
        if (PulseInterval < TimeSpan.FromMilliseconds(50) || PulseInterval > TimeSpan.FromMinutes(1))
        {
            return $"pulse_interval is {PulseInterval.TotalSeconds} s; allowed is 0.05 s to 60 s";
        }

        if (DataTimeout < 2 * PulseInterval)
        {
            return $"data_timeout is {DataTimeout.TotalSeconds} s; it must be at least twice pulse_interval, "
                + $"{2 * PulseInterval.TotalSeconds} s";
        }

        if (MaxFrameBytes is < 1 << 16 or > 1 << 24)
        {
            return $"the largest frame is {MaxFrameBytes} bytes; allowed is 65536 to 16777216";
        }

        if (SendWindowBytes is < 1 << 10 or > 1 << 30)
        {
            return $"{SendWindowBytes} bytes may be under way on a link; allowed is 1024 to 1073741824";
        }

        return Incarnation <= 0 || ReconnectGrace < TimeSpan.Zero || StartupGrace < TimeSpan.Zero
            || HandoverTimeout < TimeSpan.Zero
            ? "incarnation must be positive and no time may be negative"
            : null;
    }
}
