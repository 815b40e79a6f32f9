using Compeer.Platform.Native;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Platform.Files;

/// <summary>The write lock on a whole file that belongs to the open file (fcntl(2), open file description locks): closing another
/// descriptor of the file keeps it, the end of the process, however it comes, lets it go.</summary>
public static class FileLock
{
    /// <summary>Takes the lock for as long as the file stays open; false when another open file has it.</summary>
    public static bool TryTake(SafeFileHandle file)
    {
        LibcFiles.Lock wholeFile = new() { Type = LibcFiles.WriteLock };
        return LibcFiles.Control(file, LibcFiles.SetOpenFileLock, ref wholeFile) == 0;
    }

    /// <summary>Whether another open file has the lock.</summary>
    public static bool IsTaken(SafeFileHandle file)
    {
        LibcFiles.Lock wholeFile = new() { Type = LibcFiles.WriteLock };
        return LibcFiles.Control(file, LibcFiles.GetOpenFileLock, ref wholeFile) == 0 && wholeFile.Type != LibcFiles.Unlocked;
    }
}
