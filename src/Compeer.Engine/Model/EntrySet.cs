using System.Collections.Immutable;

namespace Compeer.Engine.Model;

/// <summary>The comments, or the downtimes, of the objects of one configuration.</summary>
internal sealed class EntrySet<T>
    where T : ObjectEntry
{
    private readonly Dictionary<CheckableId, SortedSet<EntryId>> _byObject = [];
    private readonly SortedSet<EntryId> _ids = [];
    private readonly Dictionary<EntryWriter, EntryId> _imported = [];

    /// <summary>All of them; immutable, for snapshots.</summary>
    public ImmutableDictionary<EntryId, T> All { get; private set; } = ImmutableDictionary<EntryId, T>.Empty;

    /// <summary>The highest number in use; 0 for none.</summary>
    public ulong HighestNumber => _ids.Count == 0 ? 0 : _ids.Max.Number;

    /// <summary>The entry of this id; null when there is none.</summary>
    public T? Find(EntryId id) => All.GetValueOrDefault(id);

    /// <summary>The entry that people mean by this number; the first, should there be several.</summary>
    public T? Find(ulong number)
    {
        var (first, last) = EntryId.Of(number);
        var view = _ids.GetViewBetween(first, last);
        return view.Count == 0 ? null : All[view.Min];
    }

    /// <summary>The entry that is meant by an id; one that was imported is known by its writer, and may have got another number.</summary>
    public T? Meant(EntryId id) => Find(id) ?? (id.IsImported ? Imported(id.Writer) : null);

    /// <summary>What was imported under this writer, under its highest number; null when there is none.</summary>
    public T? Imported(EntryWriter writer) => _imported.TryGetValue(writer, out var id) ? All[id] : null;

    /// <summary>The entries that have this number: more than one when nodes gave it at the same moment.</summary>
    public IReadOnlyList<T> With(ulong number)
    {
        var (first, last) = EntryId.Of(number);
        return [.. _ids.GetViewBetween(first, last).Select(id => All[id])];
    }

    /// <summary>The entries of an object, oldest first. It may be changed while they are looked at.</summary>
    public IReadOnlyList<T> Of(CheckableId id) => _byObject.Count > 0 && _byObject.TryGetValue(id, out var entries)
        ? [.. entries.Select(entry => All[entry])]
        : [];

    /// <summary>Whether an object has any.</summary>
    public bool Has(CheckableId id) => _byObject.Count > 0 && _byObject.ContainsKey(id);

    /// <summary>Puts an entry in, or in the place of the one with its id.</summary>
    public void Set(CheckableId id, T entry)
    {
        if (_ids.Add(entry.Id))
        {
            if (!_byObject.TryGetValue(id, out var entries))
            {
                _byObject[id] = entries = [];
            }

            entries.Add(entry.Id);
            if (entry.Id.IsImported && !(_imported.TryGetValue(entry.Id.Writer, out var other) && other > entry.Id))
            {
                _imported[entry.Id.Writer] = entry.Id;
            }
        }

        All = All.SetItem(entry.Id, entry);
    }

    /// <summary>Takes an entry out.</summary>
    public void Remove(CheckableId id, EntryId entry)
    {
        if (!_ids.Remove(entry))
        {
            return;
        }

        All = All.Remove(entry);
        var entries = _byObject[id];
        entries.Remove(entry);
        if (_imported.TryGetValue(entry.Writer, out var imported) && imported == entry)
        {
            _imported.Remove(entry.Writer);
        }

        if (entries.Count == 0)
        {
            _byObject.Remove(id);
        }
    }

    /// <summary>The entries with the places of their objects in another configuration, as far as they are in it.</summary>
    /// <param name="later">Per old index the new one, or less than 0.</param>
    public IReadOnlyList<(CheckableId Id, T Entry)> Moved(ReadOnlySpan<int> later)
    {
        List<(CheckableId, T)> moved = [];
        foreach ((var id, var entries) in _byObject)
        {
            if (later[id.Index] < 0)
            {
                continue;
            }

            foreach (var entry in entries)
            {
                moved.Add((new CheckableId(later[id.Index]), All[entry]));
            }
        }

        return moved;
    }
}
