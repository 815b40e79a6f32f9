using System.Numerics;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Division;

/// <summary>
/// The division as its documentation says it, slow and in one piece: lists, sets and exact fractions, and nothing of the
/// product's but the hash (which has golden values of its own).
/// </summary>
internal static class ObviousDivision
{
    private sealed record Unit(int[] Objects, BigInteger Weight, ulong Hash, ulong Preference, bool IsLoneHead);

    public static NodeId[] Divide(DivisionExample example, IReadOnlyList<NodeId> configured, IReadOnlyList<NodeId> active)
    {
        var everyone = configured.Union(active).ToHashSet();
        var owners = new Dictionary<int, NodeId>();
        var (checks, passive) = Units(example, everyone.Count);
        foreach (var units in new[] { checks, passive })
        {
            var ordered = units
                .OrderByDescending(unit => unit.Weight).ThenBy(unit => unit.Hash).ThenBy(unit => unit.Objects[0]).ToList();
            var unitOwners = new Dictionary<Unit, NodeId>(ReferenceEqualityComparer.Instance);
            Give(ordered.FindAll(unit => unit.IsLoneHead), everyone, unitOwners);
            Give(ordered, everyone, unitOwners);
            foreach (var lost in unitOwners.Where(pair => !active.Contains(pair.Value)).Select(pair => pair.Key).ToList())
            {
                unitOwners.Remove(lost);
            }

            Give(ordered.FindAll(unit => unit.IsLoneHead), [.. active], unitOwners);
            Give(ordered, [.. active], unitOwners);
            foreach (var (unit, owner) in unitOwners)
            {
                foreach (var index in unit.Objects)
                {
                    owners.Add(index, owner);
                }
            }
        }

        return [.. Enumerable.Range(0, example.Keys.Count).Select(index => owners[index])];
    }

    private static void Give(List<Unit> units, HashSet<NodeId> nodes, Dictionary<Unit, NodeId> owners)
    {
        var total = units.Aggregate(BigInteger.Zero, (sum, unit) => sum + unit.Weight);
        var loads = nodes.ToDictionary(node => node, node => owners
            .Where(pair => pair.Value == node && units.Contains(pair.Key))
            .Aggregate(BigInteger.Zero, (sum, pair) => sum + pair.Key.Weight));
        foreach (var unit in units.Where(unit => !owners.ContainsKey(unit)))
        {
            var byScore = nodes
                .OrderByDescending(node => StableHash.Score(unit.Preference, StableHash.OfNode(node))).ToList();
            var fitting = byScore.Where(node => (loads[node] + unit.Weight) * nodes.Count <= total).ToList();
            owners[unit] = fitting.Count > 0 ? fitting[0] : byScore.MinBy(node => loads[node]);
            loads[owners[unit]] += unit.Weight;
        }
    }

    private static (List<Unit> Checks, List<Unit> Passive) Units(DivisionExample example, int nodes)
    {
        var checks = new List<Unit>();
        var undecided = new List<int>();
        var passive = new List<Unit>();
        var weights = example.Weights.Select(weight => (BigInteger)Math.Round(weight * 1_000_000)).ToArray();
        var total = weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight);
        var hosts = Enumerable.Range(0, example.Keys.Count).GroupBy(index => example.Groups[index]).ToList();
        var loosePassive = new List<(int Index, ulong Preference)>();
        foreach (var host in hosts)
        {
            var weight = host.Aggregate(BigInteger.Zero, (sum, index) => sum + weights[index]);
            if (weight == 0)
            {
                undecided.Add(host.Key);
            }
            else if (host.Count() > 1 && weight * 2 * nodes > total)
            {
                foreach (var index in host)
                {
                    var preference = weight * nodes > total ? Hash(index) : Hash(host.Key);
                    if (weights[index] > 0)
                    {
                        checks.Add(new Unit([index], weights[index], Hash(index), preference, index == host.Key));
                    }
                    else
                    {
                        loosePassive.Add((index, preference));
                    }
                }
            }
            else
            {
                checks.Add(new Unit([.. host], weight, Hash(host.Key), Hash(host.Key), false));
            }
        }

        var passiveTotal = loosePassive.Count + hosts.Where(host => undecided.Contains(host.Key)).Sum(host => host.Count());
        passive.AddRange(loosePassive.Select(loose => new Unit(
            [loose.Index], 1, Hash(loose.Index), loose.Preference, example.Groups[loose.Index] == loose.Index)));
        foreach (var host in hosts.Where(host => undecided.Contains(host.Key)))
        {
            var size = host.Count();
            if (size > 1 && size * 2 * nodes > passiveTotal)
            {
                var together = size * nodes <= passiveTotal;
                passive.AddRange(host.Select(index =>
                    new Unit([index], 1, Hash(index), Hash(together ? host.Key : index), index == host.Key)));
            }
            else
            {
                passive.Add(new Unit([.. host], size, Hash(host.Key), Hash(host.Key), false));
            }
        }

        return (checks, passive);

        ulong Hash(int index) => StableHash.OfKey(example.Keys[index].Span);
    }
}
