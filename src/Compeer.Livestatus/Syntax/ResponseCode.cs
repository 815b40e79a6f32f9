namespace Compeer.Livestatus.Syntax;

/// <summary>The codes of the protocol.</summary>
public enum ResponseCode
{
    /// <summary>The answer follows.</summary>
    Ok = 200,

    /// <summary>A header is wrong.</summary>
    InvalidHeader = 400,

    /// <summary>There is no such table.</summary>
    NotFound = 404,

    /// <summary>The answer would be too large, take too long, or the daemon stops.</summary>
    LimitExceeded = 413,

    /// <summary>The client went away, or was too slow, before its request was whole.</summary>
    IncompleteRequest = 451,

    /// <summary>It is no request, or a command that is not carried out.</summary>
    InvalidRequest = 452,

    /// <summary>The daemon could not answer.</summary>
    Failed = 502,
}
