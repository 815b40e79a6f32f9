using Compeer.Checks.Native;

namespace Compeer.Checks.Processes;

/// <summary>
/// What to do when the system has no room for one more process: plugins end all the time and make room, so the check is
/// tried again after 20, 40, 80, 160 and 320 ms. After that it is reported as not started, and so is not lost either.
/// </summary>
internal static class StartRetry
{
    /// <summary>How often it is tried again.</summary>
    internal const int MaxRetries = 5;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(20);

    /// <summary>How long to wait before trying again after this many retries, or null if it must be given up.</summary>
    internal static TimeSpan? Delay(int errno, int retries) =>
        retries < MaxRetries && IsPassing(errno) ? First * (1 << retries) : null;

    private static bool IsPassing(int errno) =>
        errno is Errno.Again or Errno.NoMemory or Errno.TooManyFiles or Errno.TooManyFilesInSystem;
}
