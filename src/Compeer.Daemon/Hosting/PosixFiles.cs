using System.Runtime.InteropServices;

namespace Compeer.Daemon.Hosting;

/// <summary>The few file operations of POSIX that .NET does not offer.</summary>
internal static partial class PosixFiles
{
    /// <summary>F_OFD_SETLK: the lock belongs to the open file, so that closing another descriptor of it keeps it.</summary>
    private const int SetOpenFileLock = 37;

    private const short WriteLock = 1;

    /// <summary>Gives a second name to a file, failing when that name is taken; false on any failure.</summary>
    public static bool TryLink(string existing, string name) => Link(existing, name) == 0;

    /// <summary>When root made the file in another user's folder, hands it to that user, who must be able to read it.</summary>
    public static void GiveToOwnerOf(string folder, string file)
    {
        if (GetEffectiveUserId() == 0 && Statx.TryGetOwner(folder, out var user, out var group) && user != 0)
        {
            _ = ChangeOwner(file, user, group);
        }
    }

    /// <summary>Whether this process has root's rights.</summary>
    public static bool IsRoot => GetEffectiveUserId() == 0;

    /// <summary>Takes the write lock on a whole open file for as long as it stays open; false when another process has it.</summary>
    public static bool TryLock(Microsoft.Win32.SafeHandles.SafeFileHandle file)
    {
        var taken = false;
        file.DangerousAddRef(ref taken);
        try
        {
            var wholeFile = new FileLock { Type = WriteLock };
            return Control((int)file.DangerousGetHandle(), SetOpenFileLock, ref wholeFile) == 0;
        }
        finally
        {
            file.DangerousRelease();
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string file, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, int command, ref FileLock argument);

    /// <summary>struct flock of the 64-bit Linux systems; start and length zero mean the whole file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileLock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int ProcessId;
    }
}
