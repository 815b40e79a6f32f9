using Compeer.Cluster.Model;

namespace Compeer.Cluster.Division;

/// <summary>
/// Gives units to nodes by rendezvous hashing with bounded load: each unit in turn goes to the node with its highest score
/// among those where it fits under the fair share (Thaler and Ravishankar, "Using name-based mappings to increase hit
/// rates", 1998; Mirrokni, Thorup and Zadimoghaddam, "Consistent hashing with bounded loads", 2018, with a bound of
/// exactly the mean), and to the least loaded when it fits nowhere.
/// <para>
/// So no two loads differ by more than the heaviest unit, and no levelling afterwards is needed. Loads only grow, so:
/// when a unit of weight w fits nowhere, all loads are above share − w, and it goes to the lowest, which is then at most w
/// above any other, for ever. All that never overflowed are at most the share. If nothing ever overflows, all loads are
/// the share exactly. And loads that differed by no more than the heaviest unit beforehand, as those of the survivors of
/// a loss do, were at most that above the lowest, which only rose.
/// </para>
/// </summary>
internal static class BoundedRendezvous
{
    /// <summary>No owner yet.</summary>
    public const short Nobody = -1;

    /// <summary>Gives an owner to each unit that has none.</summary>
    /// <param name="units">In the order in which they choose, with and without an owner.</param>
    /// <param name="nodes">Per node its hash, in the order of node ids.</param>
    /// <param name="mayOwn">Per node whether it takes units. At least one does.</param>
    /// <param name="owners">Per object the index of its owner in <paramref name="nodes"/>, or <see cref="Nobody"/>.</param>
    public static void Place(LoadUnit[] units, ulong[] nodes, bool[] mayOwn, short[] owners)
    {
        var takers = new List<short>();
        for (short i = 0; i < nodes.Length; i++)
        {
            if (mayOwn[i])
            {
                takers.Add(i);
            }
        }

        var loads = new long[nodes.Length];
        var total = 0L;
        foreach (var unit in units)
        {
            total += unit.Weight;
            if (owners[unit.Object] != Nobody)
            {
                loads[owners[unit.Object]] += unit.Weight;
            }
        }

        var share = total / takers.Count;
        foreach (var unit in units)
        {
            if (owners[unit.Object] == Nobody)
            {
                var owner = Choose(unit, nodes, takers, loads, share);
                owners[unit.Object] = owner;
                loads[owner] += unit.Weight;
            }
        }
    }

    private static short Choose(LoadUnit unit, ulong[] nodes, List<short> takers, long[] loads, long share)
    {
        var fitting = Nobody;
        var fittingScore = 0UL;
        var lowest = Nobody;
        var lowestScore = 0UL;
        foreach (var node in takers)
        {
            var score = StableHash.Score(unit.Preference, nodes[node]);
            if (loads[node] + unit.Weight <= share && (fitting == Nobody || score > fittingScore))
            {
                (fitting, fittingScore) = (node, score);
            }

            // The score decides between equal loads too: the smaller node id would take the remainder of everything.
            if (lowest == Nobody || loads[node] < loads[lowest] || (loads[node] == loads[lowest] && score > lowestScore))
            {
                (lowest, lowestScore) = (node, score);
            }
        }

        return fitting != Nobody ? fitting : lowest;
    }
}
