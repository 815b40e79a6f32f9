namespace Compeer.Storage.Model;

/// <summary>How much of streams a database keeps; the oldest goes.</summary>
public sealed record StreamLimits
{
    /// <summary>Entries of one stream.</summary>
    /// <value>At least 1; 100,000.</value>
    public int Entries { get; init; } = 100_000;

    /// <summary>Bytes of one stream.</summary>
    /// <value>At least 1; 64 MiB.</value>
    public long Bytes { get; init; } = 64 << 20;

    /// <summary>Bytes of all streams; the largest gives way.</summary>
    /// <value>At least 1; 512 MiB.</value>
    public long TotalBytes { get; init; } = 512 << 20;

    /// <summary>How long an entry is kept after it was written.</summary>
    /// <value>Positive; 31 days.</value>
    public TimeSpan Age { get; init; } = TimeSpan.FromDays(31);
}
