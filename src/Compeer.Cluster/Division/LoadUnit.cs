using Compeer.Cluster.Model;

namespace Compeer.Cluster.Division;

/// <summary>
/// One thing with one owner: a host with its services, or one object of a host too heavy to stay whole. Sorts in the order
/// in which units choose: the heaviest first, so that the small ones level what the large ones left uneven; then by hash,
/// which no node's presence changes.
/// </summary>
/// <param name="Weight">Its load, more than zero.</param>
/// <param name="Hash">Of its own key; its place in the order.</param>
/// <param name="Preference">Its side of <see cref="StableHash.Score"/>.</param>
/// <param name="Object">The host or the single object.</param>
internal readonly record struct LoadUnit(long Weight, ulong Hash, ulong Preference, int Object) : IComparable<LoadUnit>
{
    public int CompareTo(LoadUnit other)
    {
        var order = other.Weight.CompareTo(Weight);
        order = order != 0 ? order : Hash.CompareTo(other.Hash);
        return order != 0 ? order : Object.CompareTo(other.Object);
    }
}
