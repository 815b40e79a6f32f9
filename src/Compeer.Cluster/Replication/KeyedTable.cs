using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Values that are kept here as the bytes that came: settings, sets with their tombstones, kinds of later versions, and
/// check states of objects that only other nodes' configurations have. Bounded by kind.
/// </summary>
internal sealed class KeyedTable(UnstoredWrites unstored)
{
    private readonly Dictionary<RegisterKey, Update> _values = [];
    private readonly Dictionary<RegisterKind, (int Entries, long Bytes, int Tombstones)> _used = [];

    public int Count => _values.Count;

    /// <summary>Removed elements that are kept until every node has seen that they are.</summary>
    public int Tombstones { get; private set; }

    /// <summary>All values, tombstones included.</summary>
    public IReadOnlyCollection<Update> All => _values.Values;

    public static RegisterKey KeyOf(Update update) => new(update.Kind, update.Key, update.Setting);

    public Update? Find(RegisterKey key) => _values.GetValueOrDefault(key);

    /// <summary>Whether a write is newer than what is here.</summary>
    public static bool IsNewer(Update update, Update? present)
    {
        if (present is null)
        {
            return true;
        }

        if (update.IsRemoval != present.IsRemoval)
        {
            return update.IsRemoval;
        }

        // Of two writes that two runs of a node made in the same millisecond the later has the higher number.
        var order = update.Stamp.CompareTo(present.Stamp);
        return order > 0 || (order == 0 && update.Sequence > present.Sequence && !update.Payload.Span.SequenceEqual(present.Payload.Span));
    }

    /// <summary>Whether it is the same write, to which its writer gave another number.</summary>
    public static bool IsRenumbered(Update update, Update present) =>
        update.IsRemoval == present.IsRemoval && update.Stamp == present.Stamp && update.Sequence > present.Sequence;

    /// <summary>Keeps a write in the place of what was there. False when there is no room for it.</summary>
    public bool Put(Update update)
    {
        var key = KeyOf(update);
        var kind = RegisterKinds.Of(update.Kind);
        var present = Find(key);
        var (entries, bytes, tombstones) = _used.GetValueOrDefault(update.Kind);
        entries += present is null ? 1 : 0;
        tombstones += (update.IsRemoval ? 1 : 0) - (present is { IsRemoval: true } ? 1 : 0);
        bytes += update.Size - (present?.Size ?? 0);
        if (entries > kind.MaxEntries || bytes > kind.MaxBytes)
        {
            return false;
        }

        // The key's bytes are those of the value that is kept, so that no frame is held for the sake of a key.
        Tombstones += (update.IsRemoval ? 1 : 0) - (present is { IsRemoval: true } ? 1 : 0);
        _values.Remove(key);
        _values.Add(key, update);
        unstored.Mark(KeyOf(update));
        _used[update.Kind] = (entries, bytes, tombstones);
        if (tombstones > kind.MaxTombstones)
        {
            foreach (var old in _values.Values.Where(value => value.Kind == update.Kind && value.IsRemoval)
                .OrderBy(value => value.Clock).Take(1 + (tombstones / 8)).ToArray())
            {
                Remove(KeyOf(old));
            }
        }

        return true;
    }

    public void Remove(RegisterKey key)
    {
        if (_values.Remove(key, out var present))
        {
            var (entries, bytes, tombstones) = _used[present.Kind];
            var removed = present.IsRemoval ? 1 : 0;
            Tombstones -= removed;
            _used[present.Kind] = (entries - 1, bytes - present.Size, tombstones - removed);
            unstored.Mark(KeyOf(present));
        }
    }
}
