using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns of a service.</summary>
internal static class ServiceColumns
{
    /// <summary>All of them.</summary>
    public static ColumnSet<ServiceDefinition> All { get; } = new ColumnSet<ServiceDefinition>()
        .Int("id", "Its place among the services", (service, _) => service.Id.Index)
        .Text("description", "Its name on its host", (service, _) => service.Description)
        .WithDefinition()
        .WithPresentation()
        .WithSwitches()
        .Flag("obsess_over_service", "Whether the obsessive command is run for it", (service, scope) =>
            scope.IsOn(service, OperatorSetting.Obsession, service.Processing.Obsess))
        .WithState()
        .State("state", "0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN", StateField.State)
        .Time("last_time_ok", "When it was last OK", (service, scope) => scope.StateOf(service).LastTimeState0Ticks)
        .Time("last_time_warning", "When it was last WARNING", (service, scope) => scope.StateOf(service).LastTimeState1Ticks)
        .Time("last_time_critical", "When it was last CRITICAL", (service, scope) => scope.StateOf(service).LastTimeState2Ticks)
        .Time("last_time_unknown", "When it was last UNKNOWN", (service, scope) => scope.StateOf(service).LastTimeState3Ticks)
        .WithEntries()
        .WithNotifications()
        .List("parents", "The services that it needs", (service, scope) => service.Parents.IsEmpty ? [] : service.Parents
            .Where(parent => scope.User is null || scope.User.Sees(parent)).Select(Pair))
        .Names("groups", "Its service groups", (service, scope) => scope.Index.GroupsOf(service).Select(group => group.Name))
        .List("depends_exec", "The services whose state holds back its checks", (service, scope) =>
            Dependencies(service, scope, DependencyKind.Execution).Select(dependency => Pair(dependency.Master)))
        .List("depends_exec_with_info", "The same with failure options, time period, and whether dependencies are inherited",
            (service, scope) => Dependencies(service, scope, DependencyKind.Execution).Select(WithInfo))
        .List("depends_notify", "The services whose state holds back its notifications", (service, scope) =>
            Dependencies(service, scope, DependencyKind.Notification).Select(dependency => Pair(dependency.Master)))
        .List("depends_notify_with_info", "The same with failure options, time period, and whether dependencies are inherited",
            (service, scope) => Dependencies(service, scope, DependencyKind.Notification).Select(WithInfo));

    /// <summary>What a filter compares with: host and description with <c>|</c> between them.</summary>
    public static string KeyOf(ServiceDefinition service) => $"{service.Host.Name}|{service.Description}";

    /// <summary>A service as host and description.</summary>
    public static ListItem Pair(ServiceDefinition service) =>
        ListItem.OfParts(KeyOf(service), service.Host.Name, service.Description);

    private static IEnumerable<ServiceDependencyDefinition> Dependencies(
        ServiceDefinition service, QueryScope scope, DependencyKind kind) =>
        scope.Index.DependenciesOf(service, kind)
            .Where(dependency => scope.User is null || scope.User.Sees(dependency.Master));

    private static ListItem WithInfo(ServiceDependencyDefinition dependency) => ListItem.OfParts(
        KeyOf(dependency.Master),
        dependency.Master.Host.Name,
        dependency.Master.Description,
        FailureOptions.Of(dependency.FailureOptions),
        dependency.Period?.Name ?? "",
        dependency.InheritsParent ? 1L : 0L);
}
