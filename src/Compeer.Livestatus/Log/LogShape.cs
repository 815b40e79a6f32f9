namespace Compeer.Livestatus.Log;

/// <summary>In which order a form of line has its parts, after the host (and service).</summary>
internal enum LogShape
{
    /// <summary>State, type, attempt, output.</summary>
    State,

    /// <summary>A word, a comment.</summary>
    Event,

    /// <summary>A word, a contact, a comment.</summary>
    Acknowledgement,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>Nothing more.</summary>
    Note,

    /// <summary>A contact first; then state, command, output.</summary>
    Notification,

    /// <summary>A number, an output.</summary>
    Passive,

    /// <summary>An external command, its name first.</summary>
    Command,

    /// <summary>It is not taken apart.</summary>
    Whole,
}
