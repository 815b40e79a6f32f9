namespace Compeer.Execution.Native;

/// <summary>Error numbers of Linux (the same on x86-64 and arm64) that decide something here.</summary>
internal static class Errno
{
    internal const int NoEntry = 2; // ENOENT
    internal const int NoProcess = 3; // ESRCH
    internal const int TooBig = 7; // E2BIG
    internal const int NotExecutableFormat = 8; // ENOEXEC
    internal const int NoChild = 10; // ECHILD
    internal const int Again = 11; // EAGAIN
    internal const int NoMemory = 12; // ENOMEM
    internal const int AccessDenied = 13; // EACCES
    internal const int NotDirectory = 20; // ENOTDIR
    internal const int Invalid = 22; // EINVAL
    internal const int TooManyFilesInSystem = 23; // ENFILE
    internal const int TooManyFiles = 24; // EMFILE
}
