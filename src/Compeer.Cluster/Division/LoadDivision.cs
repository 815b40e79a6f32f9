using Compeer.Cluster.Model;

namespace Compeer.Cluster.Division;

/// <summary>
/// The division of load: which node owns which object. Every node computes it alone from the same configuration and the
/// same two sets of nodes, and gets the same answer.
/// <list type="bullet">
/// <item>
/// The loads of any two active nodes, in checks per minute, differ by no more than the heaviest unit does weigh, and the host
/// check of a host that was taken apart. So equal nodes have equal numbers of equal hosts and of their services.
/// </item>
/// <item>When nodes are lost, their units and no others get new owners; when they return, all is as it was before.</item>
/// <item>When the configured set grows or shrinks by one of n nodes, about 1/n of the units move.</item>
/// </list>
/// The unit is a host with its services; a host heavier than half a fair share is divided object by object, the hosts
/// among themselves first.
/// </summary>
public static class LoadDivision
{
    /// <summary>The owner that stands for none, when nobody is active.</summary>
    public const short NoOwner = BoundedRendezvous.Nobody;

    /// <summary>Divides the objects among the active nodes.</summary>
    /// <param name="units">The objects.</param>
    /// <param name="configured">
    /// The nodes that share this load by their configuration, active or not, in any order. They decide who owns what as
    /// long as nobody is lost.
    /// </param>
    /// <param name="active">
    /// The nodes that can own objects now, in any order, each once. One that is not configured is taken as if it were.
    /// </param>
    /// <returns>Per object the index of its owner in <paramref name="active"/>, or <see cref="NoOwner"/>.</returns>
    /// <exception cref="ArgumentException">A node is active twice, or there are more than 32,767 nodes.</exception>
    public static short[] Divide(DivisionUnits units, IReadOnlyList<NodeId> configured, IReadOnlyList<NodeId> active)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(configured);
        ArgumentNullException.ThrowIfNull(active);

        var owners = new short[units.Count];
        Array.Fill(owners, NoOwner);
        if (active.Count == 0)
        {
            return owners;
        }

        var nodes = configured.Concat(active).Distinct().Order().ToArray();
        if (nodes.Length > short.MaxValue)
        {
            throw new ArgumentException($"{nodes.Length} nodes are too many; at most {short.MaxValue} can share a load.");
        }

        var hashes = nodes.Select(node => StableHash.OfNode(node)).ToArray();
        var indexInActive = IndexInActive(nodes, active);
        var all = nodes.Select(_ => true).ToArray();
        var present = indexInActive.Select(index => index != NoOwner).ToArray();

        var layout = UnitLayout.Create(units, nodes.Length);
        foreach (var part in (UnitLayout.Part[])[layout.Active, layout.Passive])
        {
            // 1. As if nobody were lost. 2. What belongs to the lost is given to the others on top of what they have.
            Place(part, hashes, all, owners);
            if (active.Count < nodes.Length)
            {
                foreach (var unit in part.All)
                {
                    owners[unit.Object] = present[owners[unit.Object]] ? owners[unit.Object] : NoOwner;
                }

                Place(part, hashes, present, owners);
            }
        }

        for (var i = 0; i < owners.Length; i++)
        {
            owners[i] = owners[layout.UnitOf(i, units.Heads[i])];
        }

        for (var i = 0; i < owners.Length; i++)
        {
            owners[i] = indexInActive[owners[i]];
        }

        return owners;
    }

    private static void Place(UnitLayout.Part part, ulong[] nodes, bool[] mayOwn, short[] owners)
    {
        BoundedRendezvous.Place(part.LoneHeads, nodes, mayOwn, owners);
        BoundedRendezvous.Place(part.All, nodes, mayOwn, owners);
    }

    private static short[] IndexInActive(NodeId[] nodes, IReadOnlyList<NodeId> active)
    {
        var indices = new short[nodes.Length];
        Array.Fill(indices, NoOwner);
        for (short i = 0; i < active.Count; i++)
        {
            ref var index = ref indices[Array.BinarySearch(nodes, active[i])];
            if (index != NoOwner)
            {
                throw new ArgumentException($"Node {active[i]} is active twice.", nameof(active));
            }

            index = i;
        }

        return indices;
    }
}
