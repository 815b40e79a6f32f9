namespace Compeer.Cluster.Division;

/// <summary>
/// The units for a number of nodes. A host stays together with its services, because what is known about a host decides
/// what happens to its services; only one that is heavier than half a fair share is taken apart, or no division could be
/// even.
/// </summary>
internal sealed class UnitLayout
{
    // A host heavier than half of a fair share is taken apart.
    private const int WholeParts = 2;

    // Its parts prefer the host's nodes still, and overflow one by one, as long as they could all be with one node. Above
    // a fair share each goes its own way, or most of them would move whenever a node is added. Below, they would nearly all
    // move on the day a growing number of nodes makes an ordinary host "heavy".
    private const int TogetherParts = 1;

    private readonly bool[] _apart;

    private UnitLayout(Part active, Part passive, bool[] apart)
    {
        Active = active;
        Passive = passive;
        _apart = apart;
    }

    /// <summary>Units with checks to run, weighed by them.</summary>
    public Part Active { get; }

    /// <summary>Units without, weighed by the number of their objects.</summary>
    public Part Passive { get; }

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

        var active = new PartBuilder(objects.Count);
        var passive = new PartBuilder(0);
        for (var i = 0; i < objects.Count; i++)
        {
            var head = objects.Heads[i];
            if (apart[head])
            {
                var preference = objects.Hashes[preferOwn[head] ? i : head];
                var unit = new LoadUnit(Math.Max(1, objects.Weights[i]), objects.Hashes[i], preference, i);
                (objects.Weights[i] > 0 ? active : passive).Add(unit, isLoneHead: head == i);
            }
            else if (head == i)
            {
                var unit = new LoadUnit(checks[i] > 0 ? checks[i] : sizes[i], objects.Hashes[i], objects.Hashes[i], i);
                (checks[i] > 0 ? active : passive).Add(unit, isLoneHead: false);
            }
        }

        return new UnitLayout(active.Build(), passive.Build(), apart);
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

    /// <summary>Units that are divided with each other, in the order in which they choose.</summary>
    /// <param name="LoneHeads">
    /// Hosts that were taken apart from their services. They choose first and are even among themselves: a share of the
    /// services that is even says nothing about the hosts.
    /// </param>
    /// <param name="All">All units, these included: the others level what they left uneven.</param>
    internal readonly record struct Part(LoadUnit[] LoneHeads, LoadUnit[] All);

    private sealed class PartBuilder(int capacity)
    {
        private readonly List<LoadUnit> _loneHeads = [];
        private readonly List<LoadUnit> _all = new(capacity);

        public void Add(LoadUnit unit, bool isLoneHead)
        {
            _all.Add(unit);
            if (isLoneHead)
            {
                _loneHeads.Add(unit);
            }
        }

        public Part Build() => new(Sorted(_loneHeads), Sorted(_all));

        private static LoadUnit[] Sorted(List<LoadUnit> units)
        {
            var sorted = units.ToArray();
            Array.Sort(sorted);
            return sorted;
        }
    }
}
