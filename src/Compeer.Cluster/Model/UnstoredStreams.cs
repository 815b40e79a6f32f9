namespace Compeer.Cluster.Model;

/// <summary>What of streams is to be written into the database, together with the values and like them all or nothing.</summary>
/// <param name="At">The time by the wall clock: what is older than the database keeps goes.</param>
/// <param name="Gone">Entries that are not to be there, first of all.</param>
/// <param name="Entries">Entries to be added.</param>
/// <param name="Extents">Of each stream that changed, which entries are there then.</param>
/// <param name="Since">See <see cref="StoredStreams"/>.</param>
/// <param name="Told">Likewise; null as long as it is not known.</param>
public sealed record UnstoredStreams(
    DateTimeOffset At,
    IReadOnlyList<(StreamId Stream, WriteRange Numbers)> Gone,
    IReadOnlyList<(StreamId Stream, StreamEntry Entry)> Entries,
    IReadOnlyList<StreamExtent> Extents,
    DateTimeOffset Since,
    LogPosition? Told);
