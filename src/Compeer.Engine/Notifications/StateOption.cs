using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Notifications;

/// <summary>The letter of options that stands for a state.</summary>
internal static class StateOption
{
    /// <summary>The option.</summary>
    public static StateOptions Of(bool isHost, byte state) => (isHost, state) switch
    {
        (_, 0) => StateOptions.Ok,
        (true, 1) => StateOptions.Down,
        (true, _) => StateOptions.Unreachable,
        (false, 1) => StateOptions.Warning,
        (false, 2) => StateOptions.Critical,
        _ => StateOptions.Unknown,
    };
}
