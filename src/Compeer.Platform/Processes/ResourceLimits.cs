using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>What the kernel allows this process.</summary>
public static unsafe class ResourceLimits
{
    private const int OpenFilesLimit = 7; // RLIMIT_NOFILE

    /// <summary>How many descriptors may be open at the same time; 1024, the usual default, if that cannot be read.</summary>
    public static long OpenFiles()
    {
        var softAndHard = stackalloc ulong[2];
        return Libc.GetLimit(OpenFilesLimit, softAndHard) == 0 ? (long)Math.Min(softAndHard[0], long.MaxValue) : 1024;
    }
}
