using Compeer.Engine.Model;

namespace Compeer.Engine.States;

/// <summary>
/// Fits the attempt of a state to the object's <c>max_check_attempts</c>, which was another one where the state was
/// reached: before a change of the configuration, or at a peer that has not taken it up yet. A state that was reached under
/// the same one fits already.
/// </summary>
internal static class AttemptRule
{
    /// <summary>The state with a fitting attempt; the same instance when it fits.</summary>
    public static CheckState Fit(CheckState state, in EffectiveSettings settings)
    {
        // A service's hard problem has used up its attempts and stays hard (Naemon does this when it reads retained states),
        // unless it became hard early because its host is down. The attempt of a host's hard problem means nothing.
        var most = settings.Checking.MaxCheckAttempts;
        var isUsedUp = !settings.IsHost && state.State != 0 && !state.IsSoft && !state.HostProblemAtLastCheck;
        var attempt = isUsedUp ? most : Math.Min(state.Attempt, most);
        return attempt == state.Attempt ? state : state with { Attempt = attempt };
    }
}
