namespace Compeer.Cluster.Division;

/// <summary>
/// The units for a number of nodes. A host stays together with its services where it can, because what is known about a
/// host decides what happens to its services; one that is too large a part of a node's fair share is taken apart, or no
/// division could be even.
/// </summary>
internal sealed class UnitLayout
{
    // A host heavier than 1/8 of a fair share is taken apart.
    private const int WholeParts = 8;

    // Its parts prefer the host's nodes still, and overflow one by one, unless it is heavier than half a fair share.
    // Then each goes its own way, or most of them would move whenever a node is added. Below, they would nearly all move
    // on the day a growing number of nodes makes an ordinary host "heavy".
    private const int TogetherParts = 2;

    private readonly bool[] _apart;

    private UnitLayout(LoadUnit[] active, LoadUnit[] passive, bool[] apart)
    {
        Active = active;
        Passive = passive;
        _apart = apart;
    }

    /// <summary>Units with checks to run, weighed by them, in the order in which they choose.</summary>
    public LoadUnit[] Active { get; }

    /// <summary>Units without, weighed by the number of their objects, in the order in which they choose.</summary>
    public LoadUnit[] Passive { get; }

    /// <summary>Lays out the units for <paramref name="nodes"/> nodes (at least one).</summary>
    public static UnitLayout Create(DivisionUnits objects, int nodes)
    {
        var sizes = new int[objects.Count];
        var checks = new long[objects.Count];
        var allChecks = 0L;
        for (var i = 0; i < objects.Count; i++)
        {
            sizes[objects.Heads[i]]++;
            checks[objects.Heads[i]] += objects.Weights[i];
            allChecks += objects.Weights[i];
        }

        var apart = new bool[objects.Count];
        var preferOwn = new bool[objects.Count];
        TakeApart(checks, sizes, allChecks, nodes, apart, preferOwn);

        // Passive objects are those of wholly passive hosts and the passive ones of hosts taken apart just now.
        var passiveSizes = new long[objects.Count];
        var allPassive = 0L;
        for (var i = 0; i < objects.Count; i++)
        {
            var head = objects.Heads[i];
            if (checks[head] == 0)
            {
                passiveSizes[head]++;
            }

            allPassive += checks[head] == 0 || (apart[head] && objects.Weights[i] == 0) ? 1 : 0;
        }

        TakeApart(passiveSizes, sizes, allPassive, nodes, apart, preferOwn);

        var active = new List<LoadUnit>(objects.Count);
        var passive = new List<LoadUnit>();
        for (var i = 0; i < objects.Count; i++)
        {
            var head = objects.Heads[i];
            if (apart[head])
            {
                var preference = objects.Hashes[preferOwn[head] ? i : head];
                var list = objects.Weights[i] > 0 ? active : passive;
                list.Add(new LoadUnit(Math.Max(1, objects.Weights[i]), objects.Hashes[i], preference, i));
            }
            else if (head == i)
            {
                var list = checks[i] > 0 ? active : passive;
                list.Add(new LoadUnit(checks[i] > 0 ? checks[i] : sizes[i], objects.Hashes[i], objects.Hashes[i], i));
            }
        }

        return new UnitLayout(Sorted(active), Sorted(passive), apart);
    }

    /// <summary>The object whose owner is also the owner of this one.</summary>
    public int UnitOf(int index, int head) => _apart[head] ? index : head;

    private static void TakeApart(long[] loads, int[] sizes, long all, int nodes, bool[] apart, bool[] preferOwn)
    {
        var whole = all / ((long)WholeParts * nodes);
        var together = all / ((long)TogetherParts * nodes);
        for (var i = 0; i < loads.Length; i++)
        {
            if (sizes[i] > 1 && loads[i] > whole)
            {
                apart[i] = true;
                preferOwn[i] = loads[i] > together;
            }
        }
    }

    private static LoadUnit[] Sorted(List<LoadUnit> units)
    {
        var sorted = units.ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
