namespace Compeer.Engine.States;

/// <summary>What a result makes of a state: the answer of <see cref="ServiceStateRule"/> and
/// <see cref="HostStateRule"/>.</summary>
internal readonly record struct StateDecision
{
    /// <summary>The new state.</summary>
    public required byte State { get; init; }

    /// <summary>The last hard state, the new one when it is hard.</summary>
    public required byte LastHardState { get; init; }

    /// <summary>The current check attempt from now on.</summary>
    public required int Attempt { get; init; }

    /// <summary>Whether the state is soft.</summary>
    public required bool IsSoft { get; init; }

    /// <summary>Services: see <see cref="Model.CheckState.HostProblemAtLastCheck"/>.</summary>
    public bool HostProblem { get; init; }

    /// <summary>Whether it is an event, which gets an id.</summary>
    public bool IsEvent { get; init; }

    /// <summary>Whether the time of the last state change moves.</summary>
    public bool StateChanged { get; init; }

    /// <summary>Whether the time of the last hard state change moves.</summary>
    public bool HardStateChanged { get; init; }

    /// <summary>Whether there is an alert for the log: always for hard ones, only when
    /// retries are logged for soft ones.</summary>
    public bool Alert { get; init; }

    /// <summary>The attempt in the alert; a recovery shows the one that found it.</summary>
    public int AlertAttempt { get; init; }

    /// <summary>Whether the alert says SOFT.</summary>
    public bool AlertIsSoft { get; init; }

    /// <summary>Services: the problem became hard only because the host is not UP, which the log mentions.</summary>
    public bool ForcedHard { get; init; }
}
