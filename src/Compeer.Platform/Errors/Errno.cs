namespace Compeer.Platform.Errors;

/// <summary>Error numbers of Linux (the same on x86-64 and arm64) that decide something in the code.</summary>
public static class Errno
{
    /// <summary>EPERM.</summary>
    public const int NotPermitted = 1;

    /// <summary>ENOENT.</summary>
    public const int NoEntry = 2;

    /// <summary>ESRCH.</summary>
    public const int NoProcess = 3;

    /// <summary>EINTR.</summary>
    public const int Interrupted = 4;

    /// <summary>E2BIG.</summary>
    public const int TooBig = 7;

    /// <summary>ENOEXEC.</summary>
    public const int NotExecutableFormat = 8;

    /// <summary>ECHILD.</summary>
    public const int NoChild = 10;

    /// <summary>EAGAIN, and EWOULDBLOCK.</summary>
    public const int Again = 11;

    /// <summary>ENOMEM.</summary>
    public const int NoMemory = 12;

    /// <summary>EACCES.</summary>
    public const int AccessDenied = 13;

    /// <summary>EEXIST.</summary>
    public const int Exists = 17;

    /// <summary>ENOTDIR.</summary>
    public const int NotDirectory = 20;

    /// <summary>EINVAL.</summary>
    public const int Invalid = 22;

    /// <summary>ENFILE.</summary>
    public const int TooManyFilesInSystem = 23;

    /// <summary>EMFILE.</summary>
    public const int TooManyFiles = 24;

    /// <summary>ENOSPC.</summary>
    public const int NoSpace = 28;

    /// <summary>ENAMETOOLONG.</summary>
    public const int NameTooLong = 36;
}
