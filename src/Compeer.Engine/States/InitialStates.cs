using Compeer.Engine.Model;

namespace Compeer.Engine.States;

/// <summary>The states before the first check. States never change, so that all objects that begin alike share one.</summary>
internal sealed class InitialStates(Func<CheckableId, EffectiveSettings> effective)
{
    private readonly Dictionary<(byte State, int Attempt), CheckState> _made = [];

    /// <summary>The state of an object. A problem as <c>initial_state</c> has used up its attempts (Naemon).</summary>
    public CheckState Of(CheckableId id)
    {
        var settings = effective(id).Checking;
        var state = settings.InitialState;
        var attempt = state == 0 ? 1 : Math.Max(1, settings.MaxCheckAttempts);
        if (!_made.TryGetValue((state, attempt), out var initial))
        {
            initial = CheckState.Pending(state) with { Attempt = attempt };
            _made.Add((state, attempt), initial);
        }

        return initial;
    }
}
