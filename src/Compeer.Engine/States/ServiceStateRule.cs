using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.States;

/// <summary>
/// The state machine of services, a pure function. The rules are those of Naemon's
/// <c>handle_async_service_check_result</c>, numbered here as they are applied.
/// </summary>
internal static class ServiceStateRule
{
    /// <summary>What a result makes of a service.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="state">The state that the result says, 0 to 3.</param>
    /// <param name="hostState">The state of its host now, soft or hard.</param>
    /// <param name="settings">max_check_attempts and is_volatile count.</param>
    public static StateDecision Decide(CheckState before, byte state, byte hostState, CheckSettings settings)
    {
        var most = settings.MaxCheckAttempts;

        // 1. Each result in a soft state is one attempt more. (A stored attempt can be higher than the most allowed when
        // the configuration was changed.)
        var attempt = Math.Min(before.Attempt, most);
        if (before.IsSoft && attempt < most)
        {
            attempt++;
        }

        // 2. A change is hard when the attempts are used up and the last hard state was another one, and when a service
        // recovers whose problem was hard only because its host was down.
        var changed = state != before.State;
        var hard = (attempt >= most && state != before.LastHardState)
            || (before.HostProblemAtLastCheck && state == PluginState.Ok);

        return state == PluginState.Ok
            ? Recovered(attempt, changed, hard)
            : Problem(before, state, hostState, settings, attempt, changed, hard);
    }

    /// <summary>3. OK is always hard and at attempt 1 again; the alert still tells how the problem ended.</summary>
    private static StateDecision Recovered(int attempt, bool changed, bool hard) => new()
    {
        State = PluginState.Ok,
        LastHardState = PluginState.Ok,
        Attempt = 1,
        IsSoft = false,
        HostProblem = false,
        IsEvent = changed,
        StateChanged = changed,
        HardStateChanged = hard,
        Alert = changed || hard,
        AlertAttempt = attempt,
        AlertIsSoft = !hard,
    };

    private static StateDecision Problem(
        CheckState before, byte state, byte hostState, CheckSettings settings, int attempt, bool changed, bool hard)
    {
        var hostIsUp = hostState == HostState.Up;
        var forced = !hostIsUp && state != before.LastHardState;
        if (hostIsUp && before.HostProblemAtLastCheck && before.IsSoft)
        {
            // 4. The host came back: the service gets all its attempts.
            attempt = 1;
            hard &= settings.MaxCheckAttempts == 1;
        }

        if (!hostIsUp)
        {
            // 5. While the host is not UP there are no retries: a new problem is hard at once, an old one stays as it is.
            hard |= forced;
            changed |= hard;
        }

        var exhausted = attempt >= settings.MaxCheckAttempts;
        var soft = !exhausted && (hostIsUp || (before.IsSoft && !hard));

        // 6. The log tells of hard changes, of each retry, and of each result of a volatile service in a hard problem.
        var alert = hard || (!exhausted && hostIsUp) || (exhausted && settings.IsVolatile);
        return new StateDecision
        {
            State = state,
            IsEvent = state != before.State,
            LastHardState = exhausted || (!hostIsUp && hard) ? state : before.LastHardState,
            Attempt = attempt,
            IsSoft = soft,
            HostProblem = !hostIsUp,
            StateChanged = changed,
            HardStateChanged = hard,
            Alert = alert,
            AlertAttempt = attempt,
            AlertIsSoft = soft,
            ForcedHard = forced,
        };
    }
}
