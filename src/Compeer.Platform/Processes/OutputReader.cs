using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>Whoever reads what this process writes: a program behind a pipe, sshd, a terminal.</summary>
public static unsafe class OutputReader
{
    private const int StandardOutput = 1;
    private const int Gone = 0x8 | 0x10; // POLLERR, POLLHUP

    /// <summary>Whether nobody can read the standard output any more, which a process that writes nothing would never notice.
    /// False for a file.</summary>
    public static bool HasGone()
    {
        // struct pollfd: the descriptor, then two halves: what is asked for (nothing), and what there is.
        var entry = stackalloc int[2];
        entry[0] = StandardOutput;
        entry[1] = 0;
        return Libc.Poll(entry, count: 1, milliseconds: 0) > 0 && ((entry[1] >> 16) & Gone) != 0;
    }
}
