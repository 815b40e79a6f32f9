using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>
/// Comments, downtimes and acknowledgements as registers of the cluster: elements of sets, each under an id that is never used again.
/// All of them are remembered here, also of objects that the configuration does not have, until it does.
/// </summary>
internal sealed class EntryRegisters
{
    /// <summary>The setting under which the start of a downtime stands beside it.</summary>
    private const uint StartSetting = 1;

    /// <summary>The setting under which it stands that a downtime was cancelled, until its object's owner has said so.</summary>
    private const uint EndSetting = 2;

    /// <summary>How long a downtime of an object that nobody has any more is kept after its end.</summary>
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(1);

    private readonly Dictionary<RegisterKey, EntryChange> _values = [];

    /// <summary>The numbers that this run of a node gives, when these are its neighbours.</summary>
    public static EntryNumbering Numbering(ClusterOptions options, IReadOnlyList<Neighbour> neighbours)
    {
        NodeId[] peers = [.. neighbours.Where(neighbour => neighbour.Kind == NeighbourKind.Peer).Select(neighbour => neighbour.Id)
            .Append(options.Self).Distinct().Order()];
        var writer = new EntryWriter(options.Self.Upper, options.Self.Lower ^ (ulong)options.Incarnation);
        return new EntryNumbering(writer, Array.IndexOf(peers, options.Self), peers.Length);
    }

    /// <summary>Whether a register holds one of these.</summary>
    public static bool Has(RegisterKey key) =>
        key.Kind is RegisterKind.Comments or RegisterKind.Downtimes or RegisterKind.Acknowledgements;

    /// <summary>The register of what was written here, and its bytes; null bytes remove it. It is remembered.</summary>
    public (RegisterKey Key, ReadOnlyMemory<byte>? Payload) Remember(EntryChange change)
    {
        (var kind, var id, var value) = change switch
        {
            EntryChange.OfComment comment => (RegisterKind.Comments, comment.Id, (EventDetail?)comment.Value),
            EntryChange.OfDowntime downtime => (RegisterKind.Downtimes, downtime.Id, downtime.Value),
            EntryChange.OfDowntimeStart start => (RegisterKind.Downtimes, start.Id, null),
            EntryChange.OfDowntimeEnd end => (RegisterKind.Downtimes, end.Id, null),
            EntryChange.OfAcknowledgement given => (RegisterKind.Acknowledgements, given.Id, given.Value),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "no such change"),
        };
        (var setting, var word) = change switch
        {
            EntryChange.OfDowntimeStart start => (StartSetting, start.StartedTicks),
            EntryChange.OfDowntimeEnd end => (EndSetting, end.CancelledTicks),
            _ => (0u, null),
        };
        RegisterKey key = new(kind, EntryCodec.Key(id), setting);
        Note(key, change, isRemoval: value is null && word is null);
        if (word is { } ticks)
        {
            return (key, setting == StartSetting ? EntryCodec.EncodeStart(ticks) : EntryCodec.EncodeEnd(ticks));
        }

        // An array that is null would become empty bytes, not none.
        return (key, value is null ? default(ReadOnlyMemory<byte>?) : EntryCodec.Encode(value));
    }

    /// <summary>What another node wrote; null when the bytes mean nothing to this version.</summary>
    public EntryChange? Take(RegisterKey key, ReadOnlyMemory<byte> payload, bool isRemoval)
    {
        var change = Read(key, payload.Span, isRemoval);
        if (change is not null)
        {
            Note(key, change, isRemoval);
        }

        return change;
    }

    /// <summary>The words that a downtime began and that it was cancelled, when they came before the downtime.</summary>
    public IReadOnlyList<EntryChange> WordsOf(RegisterKey downtime)
    {
        var started = _values.GetValueOrDefault(downtime with { Setting = StartSetting });
        var cancelled = _values.GetValueOrDefault(downtime with { Setting = EndSetting });
        return (started, cancelled) switch
        {
            (null, null) => [],
            ({ } one, null) => [one],
            (null, { } other) => [other],
            ({ } one, { } other) => [one, other],
        };
    }

    /// <summary>What there is of objects, in the order of ids.</summary>
    public IReadOnlyList<EntryChange> Of(Func<ObjectName, bool> isWanted)
    {
        List<EntryChange> found = [];
        foreach ((var key, var change) in _values.Where(pair => ObjectOf(pair.Value) is { } name && isWanted(name))
            .OrderBy(pair => EntryCodec.Key(pair.Key.Key.Span)))
        {
            found.Add(change);
            if (change is EntryChange.OfDowntime)
            {
                found.AddRange(WordsOf(key));
            }
        }

        return found;
    }

    /// <summary>The downtimes that are over for long and whose objects nobody has any more, and the old words about downtimes that are
    /// gone: one was written here while another node removed the downtime.</summary>
    public IReadOnlyList<EntryChange> Forgotten(Func<ObjectName, bool> isKnown, DateTimeOffset wall)
    {
        var limit = (wall - KeptAfterEnd).UtcTicks;
        var downtimes = _values.Values.OfType<EntryChange.OfDowntime>()
            .Where(change => change.Value is { } downtime && !isKnown(downtime.Object)
                && Math.Max(downtime.EndTicks, downtime.StartTicks) + downtime.DurationTicks < limit)
            .OrderBy(change => change.Id)
            .SelectMany(change => (EntryChange[])
            [
                new EntryChange.OfDowntimeStart(change.Id, null),
                new EntryChange.OfDowntimeEnd(change.Id, null),
                new EntryChange.OfDowntime(change.Id, null),
                new EntryChange.OfComment(change.Value!.CommentId, null),
            ]);
        var words = _values.Where(pair => pair.Key.Setting != 0 && !_values.ContainsKey(pair.Key with { Setting = 0 }))
            .OrderBy(pair => EntryCodec.Key(pair.Key.Key.Span))
            .Select(pair => pair.Value switch
            {
                EntryChange.OfDowntimeStart { StartedTicks: { } at } start when at < limit => start with { StartedTicks = null },
                EntryChange.OfDowntimeEnd { CancelledTicks: { } at } end when at < limit => end with { CancelledTicks = null },
                _ => (EntryChange?)null,
            });
        return [.. downtimes, .. words.OfType<EntryChange>()];
    }

    private static ObjectName? ObjectOf(EntryChange change) => change switch
    {
        EntryChange.OfComment comment => comment.Value?.Object,
        EntryChange.OfDowntime downtime => downtime.Value?.Object,
        EntryChange.OfAcknowledgement given => given.Value?.Object,
        _ => null,
    };

    private static EntryChange? Read(RegisterKey key, ReadOnlySpan<byte> payload, bool isRemoval)
    {
        if (EntryCodec.Key(key.Key.Span) is not { } id)
        {
            return null;
        }

        if (isRemoval)
        {
            return (key.Kind, key.Setting) switch
            {
                (RegisterKind.Comments, 0) => new EntryChange.OfComment(id, null),
                (RegisterKind.Downtimes, 0) => new EntryChange.OfDowntime(id, null),
                (RegisterKind.Downtimes, StartSetting) => new EntryChange.OfDowntimeStart(id, null),
                (RegisterKind.Downtimes, EndSetting) => new EntryChange.OfDowntimeEnd(id, null),
                (RegisterKind.Acknowledgements, 0) => new EntryChange.OfAcknowledgement(id, null),
                _ => null,
            };
        }

        EntryChange? change = (key.Kind, key.Setting) switch
        {
            (RegisterKind.Comments, 0) when EntryCodec.Comment(payload) is { } comment => new EntryChange.OfComment(comment.Id, comment),
            (RegisterKind.Downtimes, 0) when EntryCodec.Downtime(payload) is { } downtime =>
                new EntryChange.OfDowntime(downtime.Id, downtime),
            (RegisterKind.Downtimes, StartSetting) when EntryCodec.Start(payload) is { } started =>
                new EntryChange.OfDowntimeStart(id, started),
            (RegisterKind.Downtimes, EndSetting) when EntryCodec.End(payload) is { } cancelled =>
                new EntryChange.OfDowntimeEnd(id, cancelled),
            (RegisterKind.Acknowledgements, 0) when EntryCodec.Acknowledgement(payload) is { } given =>
                new EntryChange.OfAcknowledgement(given.Id, given),
            _ => null,
        };
        return change;
    }

    private void Note(RegisterKey key, EntryChange change, bool isRemoval)
    {
        if (isRemoval)
        {
            _values.Remove(key);
        }
        else
        {
            _values[key] = change;
        }
    }
}
