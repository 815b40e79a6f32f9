using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.States;

/// <summary>
/// The state machine of hosts, pure functions. The rules are those of Naemon's <c>handle_async_host_check_result</c> and
/// what it calls. Unlike a service, a host in a hard problem shows attempt 1 from its next check on.
/// </summary>
internal static class HostStateRule
{
    /// <summary>The host state that a plugin's state means: WARNING is UP unless <c>use_aggressive_host_checking</c> is set,
    /// anything else but OK is a problem.</summary>
    /// <param name="pluginState">0 to 3.</param>
    /// <param name="isAggressive"><c>use_aggressive_host_checking</c>.</param>
    /// <param name="problemState">What a problem is: DOWN, or UNREACHABLE when no parent is UP.</param>
    public static byte FromPlugin(byte pluginState, bool isAggressive, byte problemState) => pluginState switch
    {
        PluginState.Ok => HostState.Up,
        PluginState.Warning when !isAggressive => HostState.Up,
        _ => problemState,
    };

    /// <summary>What a result makes of a host.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="state">UP, DOWN or UNREACHABLE.</param>
    /// <param name="settings">max_check_attempts counts.</param>
    public static StateDecision Decide(CheckState before, byte state, CheckSettings settings)
    {
        var most = settings.MaxCheckAttempts;
        var lastHard = before.IsSoft ? before.LastHardState : before.State;

        // 1. Attempts are counted in a soft problem only.
        var counts = before.IsSoft && before.State != HostState.Up;
        var attempt = counts ? Math.Min(before.Attempt + 1, most) : 1;

        // 2. Soft or hard.
        var soft = IsSoft(before, state, attempt, most);

        // 3. What counts as a change. Naemon takes each retry of a soft problem for one too, because the last hard state
        // is still another ("old behaviour"), so that the duration shown starts again.
        var changed = before.State != state || (state == HostState.Up && soft) || lastHard != state;
        return new StateDecision
        {
            State = state,
            LastHardState = soft ? lastHard : state,
            Attempt = state == HostState.Up ? 1 : attempt,
            IsSoft = soft,
            StateChanged = changed,
            IsEvent = changed,
            HardStateChanged = changed && !soft,

            // 4. The log tells of changes, and of each retry.
            Alert = changed || soft,
            AlertAttempt = attempt,
            AlertIsSoft = soft,
        };
    }

    /// <summary>What a result from outside makes of a host: it is hard, unless <c>passive_host_checks_are_soft</c> is set.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="state">UP, DOWN or UNREACHABLE.</param>
    public static StateDecision DecideHard(CheckState before, byte state)
    {
        var lastHard = before.IsSoft ? before.LastHardState : before.State;
        var changed = before.State != state || lastHard != state;
        return new StateDecision
        {
            State = state,
            LastHardState = state,
            Attempt = 1,
            IsSoft = false,
            StateChanged = changed,
            IsEvent = changed,
            HardStateChanged = changed,
            Alert = changed,

            // Attempts are not counted; a recovery tells the one at which the problem stood.
            AlertAttempt = state == HostState.Up ? before.Attempt : 1,
            AlertIsSoft = false,
        };
    }

    private static bool IsSoft(CheckState before, byte state, int attempt, int most)
    {
        if (state == HostState.Up)
        {
            // Found UP in a soft problem: a soft recovery, unless this was the last attempt. Found UP in UP: hard.
            return before.State != HostState.Up && before.IsSoft && attempt < most;
        }

        // Still in a problem and not counting: it was hard before. Else it is hard when the attempts are used up.
        var stillHard = before.State != HostState.Up && !before.IsSoft;
        return !stillHard && attempt < most;
    }
}
