using Compeer.Configuration.Objects.Definitions;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns of host groups and service groups.</summary>
internal static class GroupColumns
{
    private static readonly string[] HostStates = ["up", "down", "unreach"];

    /// <summary>Those of a host group.</summary>
    public static ColumnSet<HostGroupDefinition> OfHosts { get; } = WithHostStates(new ColumnSet<HostGroupDefinition>()
        .Int("id", "Its place among the host groups", (group, scope) => scope.Snapshot.Objects.HostGroups.IndexOf(group))
        .Text("name", "Its name", (group, _) => group.Name)
        .Text("alias", "Its longer name", (group, _) => group.Alias)
        .Text("notes", "Notes", (group, _) => group.Presentation.Notes)
        .Text("notes_url", "Where more is to be read", (group, _) => group.Presentation.NotesUrl)
        .Text("action_url", "Where something can be done", (group, _) => group.Presentation.ActionUrl)
        .Names("members", "Its hosts", (group, scope) => Visible(group, scope).Select(host => host.Name))
        .List("members_with_state", "Its hosts with state and whether they were checked", (group, scope) =>
            Visible(group, scope).Select(host => ListItem.OfParts(
                host.Name, host.Name, (long)scope.StateOf(host).State, scope.StateOf(host).HasBeenChecked ? 1L : 0L)))
        .WithServiceCounts((group, scope) => Visible(group, scope).SelectMany(host => HostColumns.ServicesOf(host, scope))));

    /// <summary>Those of a service group.</summary>
    public static ColumnSet<ServiceGroupDefinition> OfServices { get; } = new ColumnSet<ServiceGroupDefinition>()
        .Int("id", "Its place among the service groups", (group, scope) => scope.Snapshot.Objects.ServiceGroups.IndexOf(group))
        .Text("name", "Its name", (group, _) => group.Name)
        .Text("alias", "Its longer name", (group, _) => group.Alias)
        .Text("notes", "Notes", (group, _) => group.Presentation.Notes)
        .Text("notes_url", "Where more is to be read", (group, _) => group.Presentation.NotesUrl)
        .Text("action_url", "Where something can be done", (group, _) => group.Presentation.ActionUrl)
        .List("members", "Its services as host and description", (group, scope) => Visible(group, scope).Select(ServiceColumns.Pair))
        .List("members_with_state", "The same with state and whether they were checked", (group, scope) =>
            Visible(group, scope).Select(service => ListItem.OfParts(
                ServiceColumns.KeyOf(service),
                service.Host.Name,
                service.Description,
                (long)scope.StateOf(service).State,
                scope.StateOf(service).HasBeenChecked ? 1L : 0L)))
        .WithServiceCounts((group, _) => group.Members);

    private static ColumnSet<HostGroupDefinition> WithHostStates(ColumnSet<HostGroupDefinition> columns)
    {
        columns
            .Int("num_hosts", "How many hosts", (group, scope) => Visible(group, scope).Count())
            .Int("num_hosts_pending", "How many were never checked", (group, scope) =>
                Visible(group, scope).Count(host => !scope.StateOf(host).HasBeenChecked))
            .Int("worst_host_state", "The worst of their states: UP, UNREACHABLE, DOWN", (group, scope) =>
                Worst(Visible(group, scope).Select(host => scope.StateOf(host).State)));
        for (var number = 0; number < HostStates.Length; number++)
        {
            var state = number;
            columns.Int($"num_hosts_{HostStates[state]}", "How many are in this state", (group, scope) =>
                Visible(group, scope).Count(host => scope.StateOf(host) is { HasBeenChecked: true } now && now.State == state));
        }

        return columns;
    }

    private static IEnumerable<HostDefinition> Visible(HostGroupDefinition group, QueryScope scope) =>
        scope.User is { } user ? group.Members.Where(user.Sees) : group.Members;

    private static IEnumerable<ServiceDefinition> Visible(ServiceGroupDefinition group, QueryScope scope) =>
        scope.User is { } user ? group.Members.Where(user.Sees) : group.Members;

    private static long Worst(IEnumerable<byte> states)
    {
        var worst = 0;
        foreach (var state in states)
        {
            worst = state == 1 || worst == 1 ? 1 : Math.Max(worst, state);
        }

        return worst;
    }
}
