using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>What the kernel allows this process.</summary>
public static unsafe class ResourceLimits
{
    private const ulong UsualOpenFiles = 1024;

    /// <summary>How many descriptors may be open at the same time; 1024, the usual default, if that cannot be read. The runtime
    /// raises it to the hard limit before Main.</summary>
    public static long OpenFiles() => (long)Math.Min(OpenFilesSoftAndHard().Soft, long.MaxValue);

    /// <summary>The same, and up to how many it may be raised.</summary>
    public static (ulong Soft, ulong Hard) OpenFilesSoftAndHard()
    {
        var softAndHard = stackalloc ulong[2];
        return Libc.GetLimit(Libc.OpenFilesLimit, softAndHard) == 0
            ? (softAndHard[0], softAndHard[1])
            : (UsualOpenFiles, UsualOpenFiles);
    }
}
