using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Cli.Files;

/// <summary>The few things of POSIX that .NET does not offer. 64-bit Linux only, as the daemon.</summary>
internal static partial class Posix
{
    private const int CurrentFolder = -100;
    private const uint StatxUserAndGroup = 0x18;
    private const int StatxBytes = 256;
    private const int StatxUserOffset = 20;
    private const int StatxGroupOffset = 24;
    private const int Terminate = 15;
    private const int NoSuchProcess = 3;
    private const int OpenDirectory = 0x10000 | 0x80000;
    private const int OpenDirectoryArm = 0x4000 | 0x80000;
    private const int LockExclusive = 2;
    private const int GetOpenFileLock = 36;
    private const short WriteLock = 1;
    private const short Unlocked = 2;

    /// <summary>The user this process acts as; 0 is root.</summary>
    public static uint EffectiveUser => GetEffectiveUserId();

    /// <summary>Whose a file or folder is; null when that cannot be told.</summary>
    public static unsafe PosixOwner? GetOwner(string path)
    {
        var buffer = stackalloc byte[StatxBytes];
        if (Statx(CurrentFolder, path, flags: 0, StatxUserAndGroup, buffer) != 0)
        {
            return null;
        }

        var bytes = new ReadOnlySpan<byte>(buffer, StatxBytes);
        return new PosixOwner(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[StatxUserOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[StatxGroupOffset..]));
    }

    /// <summary>Gives a file to an owner; false when this user may not.</summary>
    public static bool TrySetOwner(string path, PosixOwner owner) => ChangeOwner(path, owner.User, owner.Group) == 0;

    /// <summary>The user of an id; null when the machine does not know it.</summary>
    public static unsafe PosixUser? FindUser(uint id)
    {
        var entry = GetPasswordEntry(id);
        return entry is null
            ? null
            : new PosixUser(
                Marshal.PtrToStringUTF8((nint)entry->Name) ?? "",
                id,
                entry->Group,
                Marshal.PtrToStringUTF8((nint)entry->Home) ?? "/");
    }

    /// <summary>Sends SIGTERM; true also when the process has ended meanwhile, false when this user may not.</summary>
    public static bool TryTerminate(int pid) =>
        Kill(pid, Terminate) == 0 || Marshal.GetLastPInvokeError() == NoSuchProcess;

    /// <summary>Whether another open file holds a write lock on this one (fcntl(2), F_OFD_GETLK).</summary>
    public static bool IsLocked(SafeFileHandle file)
    {
        var wholeFile = new FileLock { Type = WriteLock };
        return Control(file, GetOpenFileLock, ref wholeFile) == 0 && wholeFile.Type != Unlocked;
    }

    /// <summary>Opens a folder, for locking it and for making a rename in it durable.</summary>
    public static SafeFileHandle OpenFolder(string path)
    {
        var flags = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? OpenDirectoryArm : OpenDirectory;
        var descriptor = Open(path, flags);
        return descriptor < 0
            ? throw new MonException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}")
            : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Waits for and takes an open folder's lock; closing the handle lets it go.</summary>
    public static bool TryLockFolder(SafeFileHandle folder) => Flock(folder, LockExclusive) == 0;

    /// <summary>Makes what was renamed in an open folder durable.</summary>
    public static bool TrySync(SafeFileHandle folder) => Fsync(folder) == 0;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "getpwuid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial PasswordEntry* GetPasswordEntry(uint id);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, int command, ref FileLock argument);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(SafeFileHandle file);

    /// <summary>struct passwd of the 64-bit Linux systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct PasswordEntry
    {
        public byte* Name;
        public byte* Password;
        public uint User;
        public uint Group;
        public byte* Comment;
        public byte* Home;
        public byte* Shell;
    }

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
