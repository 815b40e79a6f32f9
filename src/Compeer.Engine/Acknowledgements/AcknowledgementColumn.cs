using System.Collections.Immutable;
using Compeer.Engine.Model;

namespace Compeer.Engine.Acknowledgements;

/// <summary>The acknowledgements of the objects of one configuration; few objects have one.</summary>
internal sealed class AcknowledgementColumn
{
    /// <summary>All of them; immutable, for snapshots.</summary>
    public ImmutableDictionary<CheckableId, Acknowledgement> All { get; private set; } =
        ImmutableDictionary<CheckableId, Acknowledgement>.Empty;

    /// <summary>What was acknowledged last of an object; it may be of an earlier problem.</summary>
    public Acknowledgement this[CheckableId id] => All.IsEmpty ? Acknowledgement.None : All.GetValueOrDefault(id, Acknowledgement.None);

    /// <summary>Replaces that of an object.</summary>
    public void Set(CheckableId id, Acknowledgement given) =>
        All = given.Kind == AcknowledgementKind.None ? All.Remove(id) : All.SetItem(id, given);

    /// <summary>Takes over those of an earlier configuration, as far as their objects are in this one.</summary>
    /// <param name="former">The earlier ones.</param>
    /// <param name="later">Per old index the new one, or less than 0.</param>
    public void MoveFrom(AcknowledgementColumn former, ReadOnlySpan<int> later)
    {
        foreach ((var id, var given) in former.All)
        {
            if (later[id.Index] >= 0)
            {
                Set(new CheckableId(later[id.Index]), given);
            }
        }
    }
}
