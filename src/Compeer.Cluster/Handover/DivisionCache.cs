using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Compeer.Cluster.Division;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Handover;

/// <summary>Divisions computed last: members come and go and come back, and a division of many objects takes a while.</summary>
internal sealed class DivisionCache(DivisionUnits units)
{
    private const int Capacity = 4;

    private readonly List<(ImmutableArray<NodeId> Members, ImmutableArray<NodeId> Configured, ImmutableArray<short> Owners)>
        _last = [];

    /// <summary>Per object the index of its owner among the members.</summary>
    public ImmutableArray<short> Owners(ImmutableArray<NodeId> configured, ImmutableArray<NodeId> members)
    {
        var index = _last.FindIndex(one => one.Members.AsSpan().SequenceEqual(members.AsSpan())
            && one.Configured.AsSpan().SequenceEqual(configured.AsSpan()));
        var entry = index >= 0 ? _last[index] : (members, configured, Owners: ImmutableCollectionsMarshal.AsImmutableArray(
            LoadDivision.Divide(units, configured, members)));
        if (index >= 0)
        {
            _last.RemoveAt(index);
        }
        else if (_last.Count == Capacity)
        {
            _last.RemoveAt(Capacity - 1);
        }

        _last.Insert(0, entry);
        return entry.Owners;
    }
}
