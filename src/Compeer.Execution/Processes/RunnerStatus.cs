namespace Compeer.Execution.Processes;

/// <summary>A runner at this moment.</summary>
/// <param name="Hosts">The lane of host checks.</param>
/// <param name="Services">The lane of service checks.</param>
/// <param name="Notifications">The lane of notifications.</param>
/// <param name="Handlers">The lane of event handlers.</param>
/// <param name="CannotBeKilled">Plugins that were killed at their time limit and run on; they take no place.</param>
/// <param name="StartsHanging">Programs whose start does not come back; each keeps a thread.</param>
/// <param name="StartsHeld">Checks of those programs that are not started until one does come back.</param>
/// <param name="Shortage">The errno for which starts wait; 0 when there is room.</param>
public sealed record RunnerStatus(
    LaneStatus Hosts,
    LaneStatus Services,
    LaneStatus Notifications,
    LaneStatus Handlers,
    int CannotBeKilled,
    int StartsHanging,
    int StartsHeld,
    int Shortage)
{
    /// <summary>How many plugins run, in all lanes.</summary>
    public int Running => Hosts.Running + Services.Running + Notifications.Running + Handlers.Running;

    /// <summary>How many wait for their turn, in all lanes.</summary>
    public int Waiting => Hosts.Waiting + Services.Waiting + Notifications.Waiting + Handlers.Waiting;
}
