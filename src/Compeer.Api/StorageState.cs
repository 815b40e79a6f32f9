namespace Compeer.Api;

/// <summary>What outlives a restart of a node, as it is at this moment.</summary>
/// <param name="Bytes">Size of the database with its log.</param>
/// <param name="BehindSeconds">Age of the oldest that is not in the database yet; 0 when everything is.</param>
/// <param name="HistoryEntries">Entries of the history of all nodes that are kept.</param>
/// <param name="HistoryUnstored">Those of them that are not in the database yet.</param>
/// <param name="HistoryLost">Entries that were let go since the start, because the database could not be written for too long.</param>
/// <param name="Problem">Why it cannot be written, or not in time; null while it can.</param>
public sealed record StorageState(
    long Bytes, double BehindSeconds, long HistoryEntries, long HistoryUnstored, long HistoryLost, string? Problem)
{
    /// <summary>When the database was last written; null when it was not since the start.</summary>
    public DateTimeOffset? LastWrittenAt { get; init; }

    /// <summary>What last went wrong with it, also when that is over; null when nothing did since the start.</summary>
    public string? LastFault { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LastFaultAt { get; init; }
}
