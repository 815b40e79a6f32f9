using System.Globalization;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Simulation.Replication;

/// <summary>
/// What stores must have, the obvious way: for each node all that it wrote or got, tombstones for ever, and of two writes
/// of one register the one that the rule prefers. Nothing is numbered, windowed, passed on or forgotten here.
/// </summary>
internal sealed class StoreTwin(StoreCluster cluster)
{
    private readonly Dictionary<StoreNode, Dictionary<RegisterKey, Update>> _nodes = [];
    private readonly Dictionary<(NodeId, long), Update> _writes = [];
    private readonly Dictionary<(StreamId, long), string> _entries = [];
    private readonly HashSet<RegisterKey> _removed = [];

    /// <summary>Claims that were compared with what their node has.</summary>
    public long Claims { get; private set; }

    /// <summary>A node wrote or got an update.</summary>
    public void Take(StoreNode node, Update update)
    {
        var copy = update with { Key = update.Key.ToArray(), Payload = update.Payload.ToArray(), Rest = update.Rest.ToArray() };
        _writes[(update.Origin, update.Sequence)] = copy;
        var values = Of(node);
        var key = KeyOf(copy);
        if (copy.IsRemoval)
        {
            _removed.Add(key);
        }

        if (!values.TryGetValue(key, out var present) || IsNewer(copy, present))
        {
            values[key] = copy;
        }
    }

    /// <summary>A node wrote an entry of its stream.</summary>
    public void Appended(StreamId stream, long number, byte[] payload) =>
        _entries[(stream, number)] = Convert.ToHexString(payload);

    /// <summary>A node lost its memory.</summary>
    public void Forget(StoreNode node) => Of(node).Clear();

    /// <summary>What a node says it has, it has: of every write that it vouches for, that or a newer one.</summary>
    public void CheckClaims(StoreNode node, ReadOnlyMemory<byte> frame)
    {
        var known = FrameReader.Read(frame, 1 << 20, out _) switch
        {
            LinkFrame.Pulse pulse => pulse.Known,
            LinkFrame.SyncDone done => done.Known,
            _ => [],
        };
        foreach (var entry in known)
        {
            foreach (var ((origin, sequence), write) in _writes)
            {
                if (origin == entry.Origin && (entry.Dropped == 0 || sequence < entry.Dropped)
                    && entry.Known.Any(range => range.From <= sequence && sequence <= range.To) && !_removed.Contains(KeyOf(write))
                    && IsAnywhere(write))
                {
                    Claims++;
                    Check(
                        Of(node).TryGetValue(KeyOf(write), out var present) && !IsNewer(write, present),
                        $"node {node.Index} vouches for {Describe(write)}, and has {(present is null ? "nothing" : Describe(present))}");
                }
            }
        }
    }

    /// <summary>When all are connected and nothing is under way: every store has what the twins have together.</summary>
    public void CheckEqual()
    {
        var expected = new Dictionary<RegisterKey, Update>();
        foreach (var (key, value) in cluster.Running.SelectMany(Of))
        {
            if (!expected.TryGetValue(key, out var present) || IsNewer(value, present))
            {
                expected[key] = value;
            }
        }

        foreach (var node in cluster.Running)
        {
            foreach (var (key, value) in expected)
            {
                CheckValue(node, key, value);
            }

            foreach (var kept in node.Store.Keyed.All.Where(kept => !kept.IsRemoval))
            {
                Check(expected.ContainsKey(KeyOf(kept)), $"node {node.Index} has {Describe(kept)}, which nobody wrote");
            }
        }
    }

    /// <summary>Every node has every entry that any of them has, as it was written, and none that was not.</summary>
    public void CheckStreams()
    {
        foreach (var stream in cluster.Running.SelectMany(node => node.Entries.Streams).Distinct().ToArray())
        {
            var all = cluster.Running.SelectMany(node => node.Entries.Of(stream).Keys).ToHashSet();
            foreach (var node in cluster.Running.Where(node => node.Capabilities.HasFlag(Capabilities.Streams)))
            {
                var kept = node.Entries.Of(stream);
                foreach (var number in all.Where(number => number > node.Store.Streams.FloorOf(stream)))
                {
                    Check(kept.ContainsKey(number), $"node {node.Index} does not have entry {number} of {stream}");
                }

                foreach (var (number, entry) in kept)
                {
                    Check(
                        _entries.GetValueOrDefault((stream, number)) == Convert.ToHexString(entry.Payload.Span),
                        $"entry {number} of {stream} at node {node.Index} is {Encoding.UTF8.GetString(entry.Payload.Span)}");
                }
            }
        }
    }

    /// <summary>What a node says it has of streams is what its store has.</summary>
    public void CheckStreamClaims()
    {
        foreach (var node in cluster.Running)
        {
            foreach (var stream in node.Store.Streams.Streams)
            {
                var floor = node.Store.Streams.FloorOf(stream);
                Check(
                    node.Store.Streams.NumbersOf(stream).Ranges
                        .SequenceEqual(KeptEntries.Ranges(node.Entries.Of(stream).Keys.Where(number => number > floor))),
                    $"node {node.Index} has not what it says of {stream}");
            }
        }
    }

    private static RegisterKey KeyOf(Update update) => new(update.Kind, update.Key, update.Setting);

    private static bool IsNewer(Update one, Update other)
    {
        if (one.IsRemoval != other.IsRemoval)
        {
            return one.IsRemoval;
        }

        // Two runs of a node may write in the same millisecond: the later number is the later write.
        var left = (one.Epoch, one.Clock, one.Origin.Value, one.Sequence);
        return left.CompareTo((other.Epoch, other.Clock, other.Origin.Value, other.Sequence)) > 0;
    }

    private static string Describe(Update update) =>
        $"{update.Kind} '{Encoding.UTF8.GetString(update.Key.Span)}' {update.Setting} of {update.Stamp.Epoch}/{update.Clock:x} "
        + $"number {update.Sequence} of node {update.Origin.Value - 1}: "
        + (update.IsRemoval ? "removed" : Encoding.UTF8.GetString(update.Payload.Span));

    private void CheckValue(StoreNode node, RegisterKey key, Update value)
    {
        if (key.Kind == RegisterKind.CheckState)
        {
            var index = int.Parse(Encoding.UTF8.GetString(key.Key.Span)["object ".Length..], CultureInfo.InvariantCulture);
            Check(
                value.Payload.Span.SequenceEqual(node.Values[index]),
                $"node {node.Index} has '{Encoding.UTF8.GetString(node.Values[index] ?? [])}' and not {Describe(value)}");
            return;
        }

        var kept = node.Store.Keyed.Find(key) is { IsRemoval: false } present ? present : null;
        Check(
            value.IsRemoval ? kept is null : kept is not null && kept.Stamp == value.Stamp
                && kept.Payload.Span.SequenceEqual(value.Payload.Span) && kept.Rest.Span.SequenceEqual(value.Rest.Span),
            $"node {node.Index} has {(kept is null ? "nothing" : Describe(kept))} and not {Describe(value)}");
        if (key.Kind <= RegisterKind.Downtimes)
        {
            Check(
                value.IsRemoval ? !node.Told.ContainsKey(key)
                    : node.Told.TryGetValue(key, out var told) && value.Payload.Span.SequenceEqual(told),
                $"the engine of node {node.Index} was not told of {Describe(value)}");
        }
    }

    /// <summary>Whether a write did not go with whoever had it: what is gone everywhere may be taken for known.</summary>
    private bool IsAnywhere(Update write) => cluster.Running
        .Any(node => Of(node).TryGetValue(KeyOf(write), out var present) && present.Stamp == write.Stamp);

    private Dictionary<RegisterKey, Update> Of(StoreNode node)
    {
        if (!_nodes.TryGetValue(node, out var values))
        {
            _nodes.Add(node, values = []);
        }

        return values;
    }

    private void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new StoreFailedException($"at {cluster.Now.TotalSeconds:0.000} s: {what}\n{cluster.TraceText}");
        }
    }
}
