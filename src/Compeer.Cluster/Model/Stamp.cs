namespace Compeer.Cluster.Model;

/// <summary>When and by whom a register was written: the later wins, of equal clocks the higher node.</summary>
internal readonly record struct Stamp(ulong Clock, NodeId Origin) : IComparable<Stamp>
{
    public int CompareTo(Stamp other)
    {
        var order = Clock.CompareTo(other.Clock);
        return order != 0 ? order : Origin.CompareTo(other.Origin);
    }
}
