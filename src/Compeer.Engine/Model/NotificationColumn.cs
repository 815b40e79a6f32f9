using System.Collections.Immutable;

namespace Compeer.Engine.Model;

/// <summary>What was told about objects, by object. Most have nothing, so that only the others have an entry; a snapshot of it costs
/// nothing.</summary>
internal sealed class NotificationColumn
{
    /// <summary>The entries; never changes.</summary>
    public ImmutableDictionary<CheckableId, NotificationState> Entries { get; private set; } =
        ImmutableDictionary<CheckableId, NotificationState>.Empty;

    /// <summary>One with these entries.</summary>
    public static NotificationColumn Of(ImmutableDictionary<CheckableId, NotificationState> entries) => new() { Entries = entries };

    /// <summary>What was told about an object.</summary>
    public NotificationState this[CheckableId id]
    {
        get => Entries.IsEmpty ? NotificationState.None : Entries.GetValueOrDefault(id, NotificationState.None);
        set
        {
            if (value != NotificationState.None)
            {
                Entries = Entries.SetItem(id, value);
            }
            else if (!Entries.IsEmpty)
            {
                Entries = Entries.Remove(id);
            }
        }
    }

    /// <summary>Takes over that of an earlier configuration.</summary>
    /// <param name="former">The earlier one.</param>
    /// <param name="later">Per old index the new one, or less than 0.</param>
    public void MoveFrom(NotificationColumn former, ImmutableArray<int> later) =>
        Entries = former.Entries
            .Where(entry => later[entry.Key.Index] >= 0)
            .ToImmutableDictionary(entry => new CheckableId(later[entry.Key.Index]), entry => entry.Value);
}
