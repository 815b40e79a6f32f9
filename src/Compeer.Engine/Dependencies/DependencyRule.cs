using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;

namespace Compeer.Engine.Dependencies;

/// <summary>
/// Whether what an object depends on holds back its checks or its notifications (Naemon <c>check_host_dependencies</c>,
/// <c>check_service_dependencies</c>). The states of masters that other peers check are known from them.
/// </summary>
/// <param name="objects">The configuration, in whose numbers the states are.</param>
/// <param name="countsSoftStates"><c>soft_state_dependencies</c>.</param>
/// <param name="stateOf">The state of a host or service.</param>
/// <param name="periods">The zone of <c>dependency_period</c>.</param>
internal sealed class DependencyRule(
    ObjectConfiguration objects, bool countsSoftStates, Func<CheckableId, CheckState> stateOf, TimePeriodClock periods)
{
    /// <summary>The dependency that holds the host back; null when none does.</summary>
    /// <param name="host">The host.</param>
    /// <param name="kind">What is to be done.</param>
    /// <param name="wall">Now.</param>
    public HostDependencyDefinition? Failing(HostDefinition host, DependencyKind kind, DateTimeOffset wall)
    {
        HashSet<HostId>? seen = null;
        Stack<HostId>? open = null;
        for (HostId? next = host.Id; next is { } dependent; next = open?.TryPop(out var popped) == true ? popped : null)
        {
            foreach (var dependency in DependencyMasters.Of(objects.HostDependencies, dependent))
            {
                if (dependency.Kind != kind || !periods.Contains(dependency.Period, wall))
                {
                    continue;
                }

                if (Fails(stateOf(CheckableId.Of(dependency.Master.Id)), dependency.FailureOptions, isHost: true))
                {
                    return dependency;
                }

                // Dependencies may form circles; each master is looked at once.
                if (dependency.InheritsParent && (seen ??= [host.Id]).Add(dependency.Master.Id))
                {
                    (open ??= []).Push(dependency.Master.Id);
                }
            }
        }

        return null;
    }

    /// <summary>The dependency that holds the service back; null when none does.</summary>
    /// <param name="service">The service.</param>
    /// <param name="kind">What is to be done.</param>
    /// <param name="wall">Now.</param>
    public ServiceDependencyDefinition? Failing(ServiceDefinition service, DependencyKind kind, DateTimeOffset wall)
    {
        HashSet<ServiceId>? seen = null;
        Stack<ServiceId>? open = null;
        for (ServiceId? next = service.Id; next is { } dependent; next = open?.TryPop(out var popped) == true ? popped : null)
        {
            foreach (var dependency in DependencyMasters.Of(objects.ServiceDependencies, dependent))
            {
                if (dependency.Kind != kind || !periods.Contains(dependency.Period, wall))
                {
                    continue;
                }

                if (Fails(stateOf(CheckableId.Of(dependency.Master.Id, objects)), dependency.FailureOptions, isHost: false))
                {
                    return dependency;
                }

                if (dependency.InheritsParent && (seen ??= [service.Id]).Add(dependency.Master.Id))
                {
                    (open ??= []).Push(dependency.Master.Id);
                }
            }
        }

        return null;
    }

    /// <summary>Whether something holds back the host or service.</summary>
    public bool IsHeldBack(CheckableDefinition subject, DependencyKind kind, DateTimeOffset wall) =>
        subject is ServiceDefinition service
            ? Failing(service, kind, wall) is not null
            : Failing((HostDefinition)subject, kind, wall) is not null;

    private bool Fails(CheckState master, StateOptions failures, bool isHost)
    {
        var state = master.IsSoft && !countsSoftStates ? master.LastHardState : master.State;
        var option = (isHost, state) switch
        {
            (_, 0) => StateOptions.Ok,
            (true, 1) => StateOptions.Down,
            (true, _) => StateOptions.Unreachable,
            (false, 1) => StateOptions.Warning,
            (false, 2) => StateOptions.Critical,
            _ => StateOptions.Unknown,
        };
        return failures.HasFlag(option) || (!master.HasBeenChecked && failures.HasFlag(StateOptions.Pending));
    }
}
