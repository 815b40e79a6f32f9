using Compeer.Platform.Errors;
using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>What a process has from the terminal, or the program, that started it.</summary>
public static class Terminal
{
    private const uint GroupAndOthersWrite = 0x12;
    private const int OwnerAndGroup = 0x1A0;

    /// <summary>Whether this process has a terminal that can be asked at, wherever its input and outputs go.</summary>
    public static bool IsThere()
    {
        var terminal = LibcFiles.Open("/dev/tty", LibcFiles.ReadWrite, mode: 0);
        return terminal >= 0 && Libc.Close(terminal) == 0;
    }

    /// <summary>A session of its own, so that no terminal's Ctrl-C or hang-up reaches this process. Fails harmlessly when it leads a
    /// session already.</summary>
    public static void LeaveSession() => _ = LibcFiles.SetSession();

    /// <summary>Files that this process makes can be written by nobody else (umask 022), whatever its starter had set.</summary>
    public static void SetFileCreationMask() => _ = LibcFiles.SetMask(GroupAndOthersWrite);

    /// <summary>Sends both outputs to the end of <paramref name="file"/>, which is made if need be, and the input to nowhere.</summary>
    /// <returns>What went wrong; null when all is well.</returns>
    public static string? Redirect(string file)
    {
        var log = LibcFiles.Open(file, LibcFiles.WriteOnly | LibcFiles.Create | LibcFiles.Append, OwnerAndGroup);
        if (log < 0)
        {
            return SystemError.OfLastCall($"{file} cannot be opened for the output");
        }

        var nowhere = LibcFiles.Open("/dev/null", LibcFiles.ReadWrite, mode: 0);
        if (nowhere < 0)
        {
            var problem = SystemError.OfLastCall("/dev/null cannot be opened for the input");
            _ = Libc.Close(log);
            return problem;
        }

        var isTurned = LibcFiles.Duplicate(nowhere, to: 0) >= 0 && LibcFiles.Duplicate(log, to: 1) >= 0
            && LibcFiles.Duplicate(log, to: 2) >= 0;
        var failure = isTurned ? null : SystemError.OfLastCall("input and output cannot be turned away from the terminal");
        _ = Libc.Close(log);
        _ = Libc.Close(nowhere);
        return failure;
    }
}
