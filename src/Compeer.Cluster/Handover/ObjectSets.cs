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
        Count = count;
    }

    /// <summary>How many objects there are.</summary>
    public int Count { get; }

    /// <summary>Per group of pollers, whether it is to have an object, also when another group checks it.</summary>
    public bool[][] Parts { get; }

    /// <summary>Hosts that two groups of pollers are to have: the host, the group that checks it, and the other.</summary>
    public ImmutableArray<(int Host, int First, int Second)> Doubles { get; }

    /// <summary>The objects of a group of pollers, ascending.</summary>
    public int[] Of(int group) => _sets[group + 1].Objects;

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
            if (below.IsUp)
            {
                Put(owners, set, set.Divisions.Owners(below.Configured, below.Members), offset);
            }
            else if (below.Group.Takeover)
            {
                Put(owners, set, set.Divisions.Owners(view.Configured, view.Members), offset: 0);
            }

            offset += below.Members.Length;
        }

        return [.. owners];
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
