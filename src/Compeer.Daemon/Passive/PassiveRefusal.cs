namespace Compeer.Daemon.Passive;

/// <summary>Why something that came by a way in was not taken.</summary>
internal enum PassiveRefusal
{
    /// <summary>The engine did not take the result: there is no such object, or it takes none.</summary>
    NotTaken,

    /// <summary>It could not be decrypted or read, or its token is none: a wrong password, another method, garbage.</summary>
    NotAuthentic,

    /// <summary>It is too old or of the future.</summary>
    Stale,

    /// <summary>It ended in the middle, was too large or had not the form of a request.</summary>
    Malformed,

    /// <summary>The address may not connect.</summary>
    Address,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>There were too many connections.</summary>
    TooMany,
}
