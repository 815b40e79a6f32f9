namespace Compeer.Api;

/// <summary>Why a question to the daemon got no answer.</summary>
public enum ApiErrorKind
{
    /// <summary>Nobody listens on the socket.</summary>
    NotRunning = 1,

    /// <summary>The socket may not be used by this user.</summary>
    PermissionDenied = 2,

    /// <summary>The daemon did not answer in time.</summary>
    TimedOut = 3,

    /// <summary>The daemon went away in the middle of its answer.</summary>
    Disconnected = 4,

    /// <summary>The answer is not what this version expects.</summary>
    BadAnswer = 5,

    /// <summary>The daemon refused the request; the message is its own.</summary>
    Refused = 6,
}
