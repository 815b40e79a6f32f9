namespace Compeer.Cluster.Model;

/// <summary>
/// When and by whom a register was written: the later wins. For what only its owner writes, a later ownership is later
/// whatever the clocks say; everything else is written with epoch 0.
/// </summary>
internal readonly record struct Stamp(long Epoch, ulong Clock, NodeId Origin) : IComparable<Stamp>
{
    public int CompareTo(Stamp other)
    {
        var order = Epoch.CompareTo(other.Epoch);
        order = order != 0 ? order : Clock.CompareTo(other.Clock);
        return order != 0 ? order : Origin.CompareTo(other.Origin);
    }
}
