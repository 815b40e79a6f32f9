using System.Collections.Immutable;
using Compeer.Cluster.Division;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Handover;

/// <summary>
/// Which objects are which group's. A host in the host groups of a group of pollers is that group's, with its services; one in those of
/// several is the first's by name. What is nobody's is divided by this node's group, and so is what belongs to a group that is lost,
/// each group's objects for themselves: so nothing else moves.
/// </summary>
internal sealed class ObjectSets
{
    private readonly ObjectSet[] _sets;
    private readonly int[] _hosts;
    private readonly int[][] _lacking;

    public ObjectSets(GroupObjects objects, ImmutableArray<PollerGroup> groups)
    {
        var count = objects.Keys.Count;
        Parts = [.. groups.Select(group => PartOf(objects.Objects, group))];
        var sets = new List<int>[groups.Length + 1];
        for (var set = 0; set < sets.Length; set++)
        {
            sets[set] = [];
        }

        var doubles = ImmutableArray.CreateBuilder<(int Host, int First, int Second)>();
        for (var index = 0; index < count; index++)
        {
            var first = Array.FindIndex(Parts, part => part[index]);
            sets[first + 1].Add(index);
            if (first >= 0 && objects.Objects.Groups[index] == index
                && Array.FindIndex(Parts, first + 1, part => part[index]) is >= 0 and var second)
            {
                doubles.Add((index, first, second));
            }
        }

        Doubles = doubles.ToImmutable();
        _sets = [.. sets.Select(set => ObjectSet.Of(objects.Units, [.. set]))];
        _hosts = [.. sets.Skip(1).Select(set => set.Count(index => objects.Objects.Groups[index] == index))];
        _lacking = [.. groups.Select(_ => Array.Empty<int>())];
        Count = count;
    }

    /// <summary>The objects that are no group's of pollers.</summary>
    public ObjectSet OwnSet => _sets[0];

    /// <summary>How many objects there are.</summary>
    public int Count { get; }

    /// <summary>Per group of pollers, whether it is to have an object, also when another group checks it.</summary>
    public bool[][] Parts { get; }

    /// <summary>Hosts that two groups of pollers are to have: the host, the group that checks it, and the other.</summary>
    public ImmutableArray<(int Host, int First, int Second)> Doubles { get; }

    /// <summary>The objects of a group of pollers, and how they are divided.</summary>
    public ObjectSet SetOf(int group) => _sets[group + 1];

    /// <summary>The objects of a group of pollers, ascending.</summary>
    public int[] Of(int group) => _sets[group + 1].Objects;

    /// <summary>The objects of a group of pollers that its pollers do not have, ascending.</summary>
    public int[] LackingOf(int group) => _lacking[group];

    /// <summary>Its pollers do not have these. Whether that is news.</summary>
    public bool Lack(int group, int[] objects)
    {
        var isOther = !_lacking[group].AsSpan().SequenceEqual(objects);
        _lacking[group] = objects;
        return isOther;
    }

    /// <summary>How many of those are hosts.</summary>
    public int HostsOf(int group) => _hosts[group];

    /// <summary>Per object the index of its owner among <see cref="ClusterView.Owning"/>.</summary>
    public ImmutableArray<short> Owners(ClusterView view)
    {
        var own = _sets[0].Divisions.Owners(view.Configured, view.Members);
        if (_sets.Length == 1)
        {
            return own;
        }

        var owners = new short[Count];
        Array.Fill(owners, LoadDivision.NoOwner);
        Put(owners, _sets[0], own, offset: 0);
        var offset = view.Members.Length;
        for (var group = 0; group < view.Below.Length; group++)
        {
            var below = view.Below[group];
            var set = _sets[group + 1];
            var successors = below.Group.Takeover ? set.Divisions.Owners(view.Configured, view.Members) : [];
            if (below.IsUp)
            {
                Put(owners, set, set.Divisions.Owners(below.Configured, below.Members), offset);
                GiveBack(owners, set, _lacking[group], successors);
            }
            else
            {
                Put(owners, set, successors, offset: 0);
            }

            offset += below.Members.Length;
        }

        return [.. owners];
    }

    /// <summary>What its pollers lack is checked by who checks all of it when they are lost.</summary>
    private static void GiveBack(short[] owners, ObjectSet set, int[] lacking, ImmutableArray<short> successors)
    {
        foreach (var index in lacking)
        {
            owners[index] = successors.IsEmpty ? LoadDivision.NoOwner : successors[Array.BinarySearch(set.Objects, index)];
        }
    }

    private static void Put(short[] owners, ObjectSet set, ImmutableArray<short> divided, int offset)
    {
        for (var i = 0; i < divided.Length; i++)
        {
            owners[set.Objects[i]] = divided[i] == LoadDivision.NoOwner ? LoadDivision.NoOwner : (short)(divided[i] + offset);
        }
    }

    private static bool[] PartOf(ClusterObjects objects, PollerGroup group)
    {
        var part = new bool[objects.Keys.Length];
        foreach (var host in group.HostGroups.SelectMany(name => objects.HostGroups.GetValueOrDefault(name, [])))
        {
            part[host] = true;
        }

        for (var index = 0; index < part.Length; index++)
        {
            part[index] = part[objects.Groups[index]];
        }

        return part;
    }
}
