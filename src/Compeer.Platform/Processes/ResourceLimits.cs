using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>What the kernel allows this process.</summary>
public static unsafe class ResourceLimits
{
    private const ulong UsualOpenFiles = 1024;

    /// <summary>Descriptors that no client and no plugin gets. The runtime opens program files as it comes to need them and keeps
    /// them open, and ends the process when it cannot; logs and state files want one, too.</summary>
    private const int KeptForTheProcess = 24;

    /// <summary>Further ones that no plugin gets, so that those who ask what is wrong are still let in.</summary>
    private const int KeptForClients = 8;

    /// <summary>How many descriptors may be open at the same time; 1024, the usual default, if that cannot be read. The runtime
    /// raises it to the hard limit before Main.</summary>
    public static long OpenFiles() => (long)Math.Min(OpenFilesSoftAndHard().Soft, long.MaxValue);

    /// <summary>Whether a client's new descriptor is one of the last, which are not for clients: the kernel gives the lowest that is
    /// free, so that a high number means that hardly one is left.</summary>
    public static bool IsTooManyForClients(long descriptor) => descriptor >= OpenFiles() - KeptForTheProcess;

    /// <summary>Likewise of a plugin's.</summary>
    public static bool IsTooManyForPlugins(long descriptor) => descriptor >= OpenFiles() - KeptForTheProcess - KeptForClients;

    /// <summary>How many descriptors may be open, and up to how many it may be raised.</summary>
    public static (ulong Soft, ulong Hard) OpenFilesSoftAndHard()
    {
        var softAndHard = stackalloc ulong[2];
        return Libc.GetLimit(Libc.OpenFilesLimit, softAndHard) == 0
            ? (softAndHard[0], softAndHard[1])
            : (UsualOpenFiles, UsualOpenFiles);
    }
}
