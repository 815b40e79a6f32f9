using Compeer.Configuration.Objects.Schema;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>
/// Who belongs to which group of one type: members that the groups name, groups that the members name, and members
/// of the groups inside a group. A member that a group names with <c>!</c> is not in it on any of these ways.
/// </summary>
internal sealed class GroupMembership(CompilationContext context, NamedObjects groups)
{
    /// <summary>Groups in groups deeper than this are refused.</summary>
    private const int DeepestNesting = 500;

    /// <summary>More members than this, of all groups of a type together, are refused.</summary>
    private const long MostMembers = 20_000_000;

    private readonly List<int>[] _members =
        [.. Enumerable.Range(0, groups.Count).Select(_ => new List<int>())];
    private readonly HashSet<int>?[] _rejected = new HashSet<int>?[groups.Count];
    private readonly int[][] _subgroups = new int[groups.Count][];
    private readonly int[]?[] _closed = new int[]?[groups.Count];
    private readonly List<int> _path = [];
    private int[] _seen = [];
    private int _round;
    private long _count;
    private bool _isReported;

    /// <summary>Members that the group names itself, in the order named. Naemon takes them from the last to the first.</summary>
    public void AddMembers(int group, IEnumerable<int> accepted, IReadOnlyCollection<int> rejected)
    {
        var before = _members[group].Count;
        _members[group].AddRange(IsFull(group) ? [] : accepted.Reverse());
        _count += _members[group].Count - before;
        if (rejected.Count > 0)
        {
            (_rejected[group] ??= []).UnionWith(rejected);
        }
    }

    /// <summary>A member that names the group. Naemon adds those after the ones that groups name, the one defined last
    /// first.</summary>
    public void AddMember(int group, int member)
    {
        if (!IsFull(group))
        {
            _members[group].Add(member);
            _count++;
        }
    }

    /// <summary>Groups whose members belong to this one.</summary>
    public void SetSubgroups(int group, int[] subgroups) => _subgroups[group] = subgroups;

    /// <summary>All members of a group in their order, once all were added.</summary>
    public int[] Members(int group)
    {
        if (_closed[group] is { } members)
        {
            return members;
        }

        if (_path.Contains(group))
        {
            var cycle = _path[_path.IndexOf(group)..].Append(group);
            Refuse(group, $"groups contain each other in a circle: {string.Join(" → ", cycle.Select(groups.Name))}");
            return [];
        }

        if (_path.Count >= DeepestNesting)
        {
            Refuse(group, $"groups are nested more than {DeepestNesting} deep");
            return [];
        }

        _path.Add(group);
        var all = _members[group];
        foreach (var subgroup in (_subgroups[group] ?? []).Reverse())
        {
            _count += Members(subgroup).Length;
            all.AddRange(IsFull(group) ? [] : Enumerable.Reverse(_members[subgroup]));
        }

        _path.RemoveAt(_path.Count - 1);
        if (_rejected[group] is { } rejected)
        {
            all.RemoveAll(rejected.Contains);
        }

        KeepFirstOfEach(all);
        members = [.. all];
        Array.Sort(members);
        _closed[group] = members;
        return members;
    }

    /// <summary>The member that Naemon added first, which its lists have last; -1 when the group is empty. It decides which of the
    /// services that one definition makes is the definition itself.</summary>
    public int FirstAdded(int group) => Members(group).Length == 0 ? -1 : _members[group][0];

    private void KeepFirstOfEach(List<int> members)
    {
        _round++;
        members.RemoveAll(member =>
        {
            if (member >= _seen.Length)
            {
                Array.Resize(ref _seen, Math.Max(member + 1, 2 * _seen.Length));
            }

            var isSeen = _seen[member] == _round;
            _seen[member] = _round;
            return isSeen;
        });
    }

    private bool IsFull(int group)
    {
        if (_count > MostMembers && !_isReported)
        {
            _isReported = true;
            context.Error(groups.Raw(group), $"leads to more than {MostMembers} members of groups of its type in all");
        }

        return _isReported;
    }

    private void Refuse(int group, string message) => context.Error(groups.Raw(group), Directive.GroupMembers, message);
}
