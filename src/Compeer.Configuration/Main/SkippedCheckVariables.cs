namespace Compeer.Configuration.Main;

/// <summary>When checks are left out because of the state of something else, and what becomes of the object then.</summary>
public sealed record SkippedCheckVariables
{
    /// <summary>A status that leaves the state as it is.</summary>
    public const int KeepState = -1;

    /// <summary>A status with which what is well goes on being checked (Naemon <c>SKIP_KEEP_RUNNING_WHEN_UP</c>).</summary>
    public const int KeepRunningWhenUp = -2;

    /// <summary>Whether soft states count for dependencies, not only the last hard one (<c>soft_state_dependencies</c>), default
    /// false.</summary>
    public bool CountsSoftStates { get; init; }

    /// <summary>Whether services are not checked while their host is not UP (<c>host_down_disable_service_checks</c>), default
    /// false.</summary>
    public bool WhenHostIsDown { get; init; }

    /// <summary>Whether services with a problem are not checked while all their parents have one
    /// (<c>service_parents_disable_service_checks</c>), default false.</summary>
    public bool WhenParentsFail { get; init; }

    /// <summary>The state of a service whose dependency or parents fail (<c>service_skip_check_dependency_status</c>): 0 to 3,
    /// <see cref="KeepState"/> or <see cref="KeepRunningWhenUp"/>; default -1.</summary>
    public int ServiceDependencyStatus { get; init; } = KeepState;

    /// <summary>The same of a service whose host is not UP (<c>service_skip_check_host_down_status</c>), default -1.</summary>
    public int HostDownStatus { get; init; } = KeepState;

    /// <summary>The same of a host whose dependency fails (<c>host_skip_check_dependency_status</c>), default -1; 3 is no state of a
    /// host and leaves it.</summary>
    public int HostDependencyStatus { get; init; } = KeepState;
}
