namespace Compeer.Execution.Processes;

/// <summary>What a command is run for. Each lane has places of its own, so that one which is full holds up no other.</summary>
public enum Lane
{
    /// <summary>Checks of hosts.</summary>
    Hosts = 0,

    /// <summary>Checks of services: what <c>max_concurrent_checks</c> limits, as in Naemon.</summary>
    Services = 1,

    /// <summary>Notification commands.</summary>
    Notifications = 2,

    /// <summary>Event handlers and other commands that follow a change of state.</summary>
    Handlers = 3,
}
