namespace Compeer.Configuration.Main;

/// <summary>Commands that are run at changes of state (event handlers) and for every result (obsessing). The commands themselves are
/// among <see cref="MainConfiguration.Commands"/>.</summary>
public sealed record HandlerVariables
{
    /// <summary>Whether event handlers are run (<c>enable_event_handlers</c>), default true.</summary>
    public bool RunsEventHandlers { get; init; } = true;

    /// <summary>Whether the log says which were run (<c>log_event_handlers</c>), default true.</summary>
    public bool LogsEventHandlers { get; init; } = true;

    /// <summary>How long an event handler may run (<c>event_handler_timeout</c>), default 30 s.</summary>
    public TimeSpan EventHandlerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether <c>ocsp_command</c> is run for the results of services (<c>obsess_over_services</c>), default false.</summary>
    public bool ObsessesOverServices { get; init; }

    /// <summary>Whether <c>ochp_command</c> is run for the results of hosts (<c>obsess_over_hosts</c>), default false.</summary>
    public bool ObsessesOverHosts { get; init; }

    /// <summary>How long <c>ocsp_command</c> may run (<c>ocsp_timeout</c>), default 15 s.</summary>
    public TimeSpan ServiceObsessionTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long <c>ochp_command</c> may run (<c>ochp_timeout</c>), default 15 s.</summary>
    public TimeSpan HostObsessionTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
