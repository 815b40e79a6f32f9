using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Compeer.Peer;

namespace Compeer.Simulation.Nodes;

/// <summary>What the database of a node has: a write is there whole or not at all, as SQLite promises it.</summary>
internal sealed record SimulatedDatabase(
    ImmutableDictionary<RegisterKey, Update> Values, ImmutableDictionary<NodeId, OriginKnowledge> Knowledge)
{
    private ImmutableDictionary<StreamId, ImmutableSortedDictionary<long, StreamEntry>> Entries { get; init; } =
        ImmutableDictionary<StreamId, ImmutableSortedDictionary<long, StreamEntry>>.Empty;

    private ImmutableDictionary<StreamId, StreamExtent> Extents { get; init; } = ImmutableDictionary<StreamId, StreamExtent>.Empty;

    private DateTimeOffset? Since { get; init; }

    /// <summary>Whether it never had anything of streams.</summary>
    public bool IsNew => Since is null;

    /// <summary>How far the log was when it was written last.</summary>
    public LogPosition? Told { get; private init; }

    public static SimulatedDatabase Empty { get; } = new(
        ImmutableDictionary<RegisterKey, Update>.Empty, ImmutableDictionary<NodeId, OriginKnowledge>.Empty);

    public SimulatedDatabase With(UnstoredValues written) => new(
        Values.RemoveRange(written.Gone).SetItems(written.Values.Select(
            update => KeyValuePair.Create(new RegisterKey(update.Kind, update.Key, update.Setting), update))),
        Knowledge.SetItems(written.Knowledge.Select(entry => KeyValuePair.Create(entry.Origin, entry))))
    {
        Entries = written.Streams is { } streams ? With(streams) : Entries,
        Extents = Extents.SetItems((written.Streams?.Extents ?? []).Select(extent => KeyValuePair.Create(extent.Stream, extent))),
        Since = written.Streams?.Since ?? Since,
        Told = written.Streams?.Told ?? Told,
    };

    /// <summary>Entries of a stream, a few at a time.</summary>
    public PeerInput.Fetched Read(StreamFetch fetch)
    {
        var entries = Entries.GetValueOrDefault(fetch.Stream, ImmutableSortedDictionary<long, StreamEntry>.Empty)
            .Where(entry => entry.Key >= fetch.From).Select(entry => entry.Value).Take(6).ToArray();
        return new PeerInput.Fetched(fetch, entries[..Math.Min(5, entries.Length)], entries.Length < 6);
    }

    /// <summary>What a start finds, in an order that does not depend on hash codes.</summary>
    public StoredValues Read() => new(
        [.. Values.Values.OrderBy(update => update.Origin).ThenBy(update => update.Sequence)],
        [.. Knowledge.Values.OrderBy(entry => entry.Origin)])
    {
        Streams = Since is { } since ? new StoredStreams([.. Extents.Values.OrderBy(one => one.Stream.Origin)], since, Told) : null,
    };

    private ImmutableDictionary<StreamId, ImmutableSortedDictionary<long, StreamEntry>> With(UnstoredStreams written)
    {
        var entries = Entries;
        foreach (var (stream, numbers) in written.Gone)
        {
            var rows = entries.GetValueOrDefault(stream, ImmutableSortedDictionary<long, StreamEntry>.Empty);
            entries = entries.SetItem(stream, rows.RemoveRange(rows.Keys.Where(key => key >= numbers.From && key <= numbers.To)));
        }

        foreach (var group in written.Entries.GroupBy(entry => entry.Stream))
        {
            var rows = entries.GetValueOrDefault(group.Key, ImmutableSortedDictionary<long, StreamEntry>.Empty);
            entries = entries.SetItem(
                group.Key, rows.SetItems(group.Select(one => KeyValuePair.Create(one.Entry.Number, one.Entry))));
        }

        return entries;
    }
}
