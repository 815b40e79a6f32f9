using System.Collections.Immutable;
using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;

namespace Compeer.Engine.Downtimes;

/// <summary>The downtimes of the objects of one configuration, which of them triggers which, and when something is to be done about
/// each.</summary>
internal sealed class DowntimeSet
{
    private readonly EntrySet<Downtime> _entries = new();
    private readonly EntrySet<Downtime> _revoked = new();
    private readonly Dictionary<EntryId, SortedSet<EntryId>> _triggered = [];
    private readonly WallClockQueue<EntryId> _due = new();

    /// <summary>All that have a meaning for their objects; immutable, for snapshots.</summary>
    public ImmutableDictionary<EntryId, Downtime> All => _entries.All;

    /// <summary>The highest number in use; 0 for none.</summary>
    public ulong HighestNumber => Math.Max(_entries.HighestNumber, _revoked.HighestNumber);

    /// <summary>When there is something to do next, UTC ticks; null when nothing waits for a time.</summary>
    public long? Next => _due.Next;

    /// <summary>The downtime of this id; null when there is none.</summary>
    public Downtime? Find(EntryId id) => _entries.Find(id);

    /// <summary>The downtime that is meant by an id, see <see cref="EntrySet{T}.Meant"/>.</summary>
    public Downtime? Meant(EntryId id) => _entries.Meant(id);

    /// <summary>What was imported under this writer, also when it is cancelled and that is not said yet; null when there is none.</summary>
    public Downtime? Imported(EntryWriter writer) => _entries.Imported(writer) ?? _revoked.Imported(writer);

    /// <summary>The downtimes that have this number.</summary>
    public IReadOnlyList<Downtime> With(ulong number) => _entries.With(number);

    /// <summary>The downtime that people mean by this number.</summary>
    public Downtime? Find(ulong number) => _entries.Find(number);

    /// <summary>The downtimes of an object, oldest first.</summary>
    public IReadOnlyList<Downtime> Of(CheckableId id) => _entries.Of(id);

    /// <summary>A downtime that was cancelled, and of which the object's owner has not said so.</summary>
    public Downtime? FindRevoked(EntryId id) => _revoked.Find(id);

    /// <summary>The downtimes of an object of which that is to be said, oldest first.</summary>
    public IReadOnlyList<Downtime> Revoked(CheckableId id) => _revoked.Of(id);

    /// <summary>Whether an object has any.</summary>
    public bool Has(CheckableId id) => _entries.Has(id);

    /// <summary>How many downtimes of an object are in effect.</summary>
    public int Depth(CheckableId id) =>
        Has(id) ? Of(id).Count(downtime => downtime.Phase == DowntimePhase.InEffect) : 0;

    /// <summary>The downtimes that begin and end with another one.</summary>
    public IReadOnlyList<Downtime> Triggered(EntryId id) => _triggered.TryGetValue(KeyOf(id), out var triggered)
        ? [.. triggered.Select(entry => _entries.Find(entry)!)]
        : [];

    /// <summary>The first about which something is to be done by now; null for none.</summary>
    public Downtime? Due(DateTimeOffset wall) => _due.TryPeek(wall, out var id) ? _entries.Find(id) : null;

    /// <summary>Puts a downtime in, or in the place of the one with its id.</summary>
    public void Set(CheckableId id, Downtime downtime)
    {
        _entries.Set(id, downtime);
        _due.Set(downtime.Id, DowntimeRule.NextLook(downtime));
        if (downtime.Trigger is not { } trigger)
        {
            return;
        }

        if (!_triggered.TryGetValue(KeyOf(trigger), out var triggered))
        {
            _triggered[KeyOf(trigger)] = triggered = [];
        }

        triggered.Add(downtime.Id);
    }

    /// <summary>Takes a downtime out that was cancelled, and remembers that this is to be said.</summary>
    public void Revoke(CheckableId id, Downtime downtime)
    {
        Remove(id, downtime);
        _revoked.Set(id, downtime);
    }

    /// <summary>Takes a downtime out.</summary>
    public void Remove(CheckableId id, Downtime downtime)
    {
        _entries.Remove(id, downtime.Id);
        _revoked.Remove(id, downtime.Id);
        _due.Set(downtime.Id, null);
        if (downtime.Trigger is { } trigger && _triggered.TryGetValue(KeyOf(trigger), out var triggered)
            && triggered.Remove(downtime.Id) && triggered.Count == 0)
        {
            _triggered.Remove(KeyOf(trigger));
        }
    }

    /// <summary>Takes over those of an earlier configuration, as far as their objects are in this one.</summary>
    /// <param name="former">The earlier ones.</param>
    /// <param name="later">Per old index the new one, or less than 0.</param>
    public void MoveFrom(DowntimeSet former, ReadOnlySpan<int> later)
    {
        foreach ((var id, var downtime) in former._entries.Moved(later))
        {
            Set(id, downtime);
        }

        foreach ((var id, var downtime) in former._revoked.Moved(later))
        {
            _revoked.Set(id, downtime);
        }
    }

    /// <summary>What was imported triggers others under whatever number it has by then.</summary>
    private static EntryId KeyOf(EntryId trigger) => trigger.IsImported ? trigger with { Number = 0 } : trigger;
}
