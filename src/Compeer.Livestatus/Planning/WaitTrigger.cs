namespace Compeer.Livestatus.Planning;

/// <summary>What a request waits for (<c>WaitTrigger</c>), without a condition: that one of these happens.</summary>
internal enum WaitTrigger
{
    /// <summary>Any of the others.</summary>
    All,

    /// <summary>A result of a check.</summary>
    Check,

    /// <summary>Another state.</summary>
    State,

    /// <summary>A line of the log.</summary>
    Log,

    /// <summary>A downtime that is scheduled, begins, or ends.</summary>
    Downtime,

    /// <summary>A comment that is written or removed.</summary>
    Comment,

    /// <summary>An external command.</summary>
    Command,

    /// <summary>Another configuration, or a switch of the program.</summary>
    Program,
}
