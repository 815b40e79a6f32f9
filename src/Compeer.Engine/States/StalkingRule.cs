using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.States;

/// <summary>Whether the log tells of a result that is no news but for its text (<c>stalking_options</c>; Naemon <c>should_stalk</c>):
/// of services in a hard state, of hosts in any.</summary>
internal static class StalkingRule
{
    /// <summary>Whether another text in the same state is told of. The first one is another than none, also when it is empty.</summary>
    public static bool Tells(in EffectiveSettings settings, CheckState before, CheckState after)
    {
        var options = settings.Definition.Processing.StalkingOptions;
        return options != StateOptions.None
            && before.State == after.State
            && (settings.IsHost || !after.IsSoft)
            && options.HasFlag(OptionOf(settings.IsHost, after.State))
            && !(before.HasBeenChecked
                && before.Output.SequenceEqual(after.Output)
                && before.LongOutput.SequenceEqual(after.LongOutput));
    }

    private static StateOptions OptionOf(bool isHost, byte state) => (isHost, state) switch
    {
        (_, 0) => StateOptions.Ok,
        (true, 1) => StateOptions.Down,
        (true, _) => StateOptions.Unreachable,
        (false, 1) => StateOptions.Warning,
        (false, 2) => StateOptions.Critical,
        _ => StateOptions.Unknown,
    };
}
