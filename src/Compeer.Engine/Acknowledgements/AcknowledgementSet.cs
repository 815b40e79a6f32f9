using System.Collections.Immutable;
using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;

namespace Compeer.Engine.Acknowledgements;

/// <summary>The acknowledgements of the objects of one configuration, and when they end by themselves.</summary>
internal sealed class AcknowledgementSet
{
    private readonly EntrySet<Acknowledgement> _entries = new();
    private readonly WallClockQueue<EntryId> _ends = new();

    /// <summary>All of them; immutable, for snapshots.</summary>
    public ImmutableDictionary<EntryId, Acknowledgement> All => _entries.All;

    /// <summary>The highest number in use; 0 for none.</summary>
    public ulong HighestNumber => _entries.HighestNumber;

    /// <summary>When one ends next, UTC ticks; null when none does.</summary>
    public long? Next => _ends.Next;

    /// <summary>The acknowledgement of this id; null when there is none.</summary>
    public Acknowledgement? Find(EntryId id) => _entries.Find(id);

    /// <summary>Whether an object has any.</summary>
    public bool Has(CheckableId id) => _entries.Has(id);

    /// <summary>Those of an object, oldest first.</summary>
    public IReadOnlyList<Acknowledgement> Of(CheckableId id) => _entries.Of(id);

    /// <summary>The one that holds for the problem that an object has, the last given of several;
    /// <see cref="Acknowledgement.None"/> when none does.</summary>
    public Acknowledgement Holding(CheckableId id, CheckState state, DateTimeOffset wall) =>
        Has(id) ? AcknowledgementRule.Holding(Of(id), state, wall) : Acknowledgement.None;

    /// <summary>The first that has ended by now; null for none.</summary>
    public Acknowledgement? Ended(DateTimeOffset wall) => _ends.TryPeek(wall, out var id) ? _entries.Find(id) : null;

    /// <summary>Looks at one again at a later time.</summary>
    public void LookAgain(Acknowledgement given, long ticks) => _ends.Set(given.Id, ticks);

    /// <summary>Puts one in.</summary>
    public void Set(CheckableId id, Acknowledgement given)
    {
        _entries.Set(id, given);
        _ends.Set(given.Id, given.EndTicks == 0 ? null : given.EndTicks);
    }

    /// <summary>Takes one out.</summary>
    public void Remove(CheckableId id, EntryId entry)
    {
        _entries.Remove(id, entry);
        _ends.Set(entry, null);
    }

    /// <summary>Takes over those of an earlier configuration, as far as their objects are in this one.</summary>
    /// <param name="former">The earlier ones.</param>
    /// <param name="later">Per old index the new one, or less than 0.</param>
    public void MoveFrom(AcknowledgementSet former, ReadOnlySpan<int> later)
    {
        foreach ((var id, var given) in former._entries.Moved(later))
        {
            Set(id, given);
        }
    }
}
