using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns of a host.</summary>
internal static class HostColumns
{
    /// <summary>All of them.</summary>
    public static ColumnSet<HostDefinition> All { get; } = new ColumnSet<HostDefinition>()
        .Int("id", "Its place among the hosts", (host, _) => host.Id.Index)
        .Text("name", "Its name", (host, _) => host.Name)
        .Text("alias", "Its longer name", (host, _) => host.Alias)
        .Text("address", "Its address", (host, _) => host.Address)
        .Text("statusmap_image", "Its image on a map", (host, _) => host.Presentation.StatusMapImage)
        .Float("x_3d", "Its place on a map", (host, _) => host.Presentation.Coordinates3D?.X ?? 0)
        .Float("y_3d", "Its place on a map", (host, _) => host.Presentation.Coordinates3D?.Y ?? 0)
        .Float("z_3d", "Its place on a map", (host, _) => host.Presentation.Coordinates3D?.Z ?? 0)
        .Text("filename", "The custom variable FILENAME", (host, scope) =>
            scope.Snapshot.CustomVariablesOf(scope.IdOf(host)).FirstOrDefault(pair => pair.Key == "FILENAME").Value)
        .WithDefinition()
        .WithPresentation()
        .WithSwitches()
        .Flag("obsess_over_host", "Whether the obsessive command is run for it", (host, scope) =>
            scope.IsOn(host, OperatorSetting.Obsession, host.Processing.Obsess))
        .WithState()
        .State("state", "0 UP, 1 DOWN, 2 UNREACHABLE", StateField.State)
        .State("hard_state", "The state, or the last hard one while a problem is soft", StateField.HardState)
        .Time("last_time_up", "When it was last UP", (host, scope) => scope.StateOf(host).LastTimeState0Ticks)
        .Time("last_time_down", "When it was last DOWN", (host, scope) => scope.StateOf(host).LastTimeState1Ticks)
        .Time("last_time_unreachable", "When it was last UNREACHABLE", (host, scope) => scope.StateOf(host).LastTimeState2Ticks)
        .Flag("check_flapping_recovery_notification", "Whether it flaps and its problem was told of before", (host, scope) =>
            scope.StateOf(host).IsFlapping && scope.ToldOf(host).Number > 0)
        .WithEntries()
        .WithNotifications()
        .Names("parents", "The hosts that it is reached through", (host, scope) => Names(host.Parents, scope))
        .Names("childs", "The hosts that are reached through it", (host, scope) => Names(scope.Index.ChildrenOf(host), scope))
        .Names("groups", "Its host groups", (host, scope) => scope.Index.GroupsOf(host).Select(group => group.Name))
        .Names("depends_exec", "The hosts whose state holds back its checks", (host, scope) =>
            Dependencies(host, scope, DependencyKind.Execution).Select(dependency => dependency.Master.Name))
        .List("depends_exec_with_info", "The same with failure options, time period, and whether dependencies are inherited",
            (host, scope) => Dependencies(host, scope, DependencyKind.Execution).Select(WithInfo))
        .Names("depends_notify", "The hosts whose state holds back its notifications", (host, scope) =>
            Dependencies(host, scope, DependencyKind.Notification).Select(dependency => dependency.Master.Name))
        .List("depends_notify_with_info", "The same with failure options, time period, and whether dependencies are inherited",
            (host, scope) => Dependencies(host, scope, DependencyKind.Notification).Select(WithInfo))
        .Int("total_services", "How many services it has", (host, scope) => scope.Index.ServicesOf(host).Length)
        .WithServiceCounts((host, scope) => ServicesOf(host, scope))
        .List("services", "Its services", (host, scope) => Visible(host, scope).Select(service => ListItem.Of(service.Description)))
        .List("services_with_state", "Its services with state and whether they were checked", (host, scope) =>
            Visible(host, scope).Select(service => Described(service, scope, withOutput: false)))
        .List("services_with_info", "The same with what the last check said", (host, scope) =>
            Visible(host, scope).Select(service => Described(service, scope, withOutput: true)));

    /// <summary>The services of a host.</summary>
    public static ImmutableArray<ServiceDefinition> ServicesOf(HostDefinition host, QueryScope scope) =>
        [.. scope.Index.ServicesOf(host)];

    private static IEnumerable<ServiceDefinition> Visible(HostDefinition host, QueryScope scope) =>
        ServicesOf(host, scope).Where(service => scope.User is null || scope.User.Sees(service));

    private static IEnumerable<string> Names(ImmutableArray<HostDefinition> hosts, QueryScope scope) =>
        hosts.Where(host => scope.User is null || scope.User.Sees(host)).Select(host => host.Name);

    private static IEnumerable<HostDependencyDefinition> Dependencies(HostDefinition host, QueryScope scope, DependencyKind kind) =>
        scope.Index.DependenciesOf(host, kind)
            .Where(dependency => scope.User is null || scope.User.Sees(dependency.Master));

    private static ListItem WithInfo(HostDependencyDefinition dependency) => ListItem.OfParts(
        dependency.Master.Name,
        dependency.Master.Name,
        FailureOptions.Of(dependency.FailureOptions),
        dependency.Period?.Name ?? "",
        dependency.InheritsParent ? 1L : 0L);

    private static ListItem Described(ServiceDefinition service, QueryScope scope, bool withOutput)
    {
        var state = scope.StateOf(service);
        object[] parts = [service.Description, (long)state.State, state.HasBeenChecked ? 1L : 0L];
        return ListItem.OfParts(service.Description, withOutput ? [.. parts, state.Output.ToArray()] : parts);
    }
}
