using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Schema;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>The names of hosts and host groups, lists of them, and who is in which group.</summary>
internal sealed class HostLists
{
    public HostLists(CompilationContext context)
    {
        Names = new NamedObjects(context, ObjectType.Host, Directive.HostName);
        GroupNames = new NamedObjects(context, ObjectType.HostGroup, Directive.HostGroupName);
        Expander = new NameExpander(context, Names, "host");
        GroupExpander = new NameExpander(context, GroupNames, "host group");
        Membership = new GroupMembership(context, GroupNames);
    }

    public NamedObjects Names { get; }

    public NamedObjects GroupNames { get; }

    public NameExpander Expander { get; }

    public NameExpander GroupExpander { get; }

    /// <summary>Who is in which group; complete once all hosts and host groups were read.</summary>
    public GroupMembership Membership { get; }

    /// <summary>The hosts in a group, in their order.</summary>
    public int[] GroupMembers(int group) => Membership.Members(group);
}
