using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.Flapping;

/// <summary>When a host or service flaps, by Naemon's <c>check_for_service_flapping</c> and <c>check_for_host_flapping</c>.</summary>
internal static class FlapRule
{
    /// <summary>What a result makes of it.</summary>
    /// <param name="before">The state before the result.</param>
    /// <param name="state">The state that the result made.</param>
    /// <param name="isSoft">Whether that is soft.</param>
    /// <param name="settings">What holds for the object.</param>
    public static FlapDecision Decide(CheckState before, byte state, bool isSoft, in EffectiveSettings settings)
    {
        // 1. States that flap_detection_options leaves out do not count, nor do soft problems of services.
        var same = new FlapDecision(before.StateHistory, before.IsFlapping, Threshold: 0);
        var isLeftOut = (settings.Definition.FlapDetection.Options & OptionOf(state, settings.IsHost)) == 0;
        if (isLeftOut || (!settings.IsHost && isSoft && state != 0))
        {
            return same;
        }

        // 2. The state is noted down also when nobody asks for flapping, so that there is a past when somebody does.
        var history = before.StateHistory.With(state);
        var percent = history.PercentChange;
        if (!settings.DetectsFlapping)
        {
            return same with { History = history };
        }

        // 3. Between the thresholds it goes on as it was.
        (var low, var high) = settings.FlapThresholds;
        return percent <= low ? new FlapDecision(history, IsFlapping: false, low)
            : percent >= high ? new FlapDecision(history, IsFlapping: true, high)
            : same with { History = history };
    }

    private static StateOptions OptionOf(byte state, bool isHost) => (state, isHost) switch
    {
        (0, _) => StateOptions.Ok,
        (1, true) => StateOptions.Down,
        (_, true) => StateOptions.Unreachable,
        (1, false) => StateOptions.Warning,
        (2, false) => StateOptions.Critical,
        _ => StateOptions.Unknown,
    };
}
