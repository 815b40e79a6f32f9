namespace Compeer.Livestatus.Planning;

/// <summary>What a request waits for (<c>WaitTrigger</c>), without a condition: that one of these happens.</summary>
internal enum WaitTrigger
{
    /// <summary>Anything of an object: a check, or another state.</summary>
    All,

    /// <summary>A result of a check.</summary>
    Check,

    /// <summary>Another state.</summary>
    State,

    /// <summary>Another configuration, or a switch of the program.</summary>
    Program,
}
