using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Platform.Native;

/// <summary>The calls into the C library about files, users, terminals and clocks that .NET does not offer; 64-bit Linux.</summary>
internal static unsafe partial class LibcFiles
{
    internal const int CurrentFolder = -100; // AT_FDCWD
    internal const int WriteOnly = 0x1; // O_WRONLY
    internal const int ReadWrite = 0x2; // O_RDWR
    internal const int Create = 0x40; // O_CREAT
    internal const int Exclusive = 0x80; // O_EXCL
    internal const int Append = 0x400; // O_APPEND
    internal const int MayBeWritten = 2; // W_OK
    internal const int FromCurrent = 1; // SEEK_CUR
    internal const int AlreadyExists = 17; // EEXIST
    internal const int LockExclusive = 2; // LOCK_EX
    internal const int LockNotWaiting = 4; // LOCK_NB
    internal const int GetOpenFileLock = 36; // F_OFD_GETLK
    internal const int SetOpenFileLock = 37; // F_OFD_SETLK
    internal const short WriteLock = 1; // F_WRLCK
    internal const short Unlocked = 2; // F_UNLCK
    internal const int ClockBootTime = 7; // CLOCK_BOOTTIME

    private const string Library = "libc";

    /// <summary>O_DIRECTORY, one of the few numbers that differ between the processors.</summary>
    internal static int Directory => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 0x4000 : 0x10000;

    /// <summary>O_NOFOLLOW, likewise.</summary>
    internal static int NotFollowing => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 0x8000 : 0x20000;

    [LibraryImport(Library, EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Access(string path, int mode);

    [LibraryImport(Library, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport(Library, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Open(string path, int flags, int mode);

    [LibraryImport(Library, EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int MakePipe(string path, uint mode);

    [LibraryImport(Library, EntryPoint = "opendir", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial nint OpenDirectory(string path);

    [LibraryImport(Library, EntryPoint = "readdir64")]
    internal static partial byte* ReadDirectory(nint stream);

    [LibraryImport(Library, EntryPoint = "closedir")]
    internal static partial int CloseDirectory(nint stream);

    [LibraryImport(Library, EntryPoint = "lseek", SetLastError = true)]
    internal static partial long Seek(SafeFileHandle file, long offset, int origin);

    [LibraryImport(Library, EntryPoint = "dup2", SetLastError = true)]
    internal static partial int Duplicate(int from, int to);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int Control(SafeFileHandle file, int command, ref Lock argument);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    internal static partial int Flock(SafeFileHandle file, int operation);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Sync(SafeFileHandle file);

    [LibraryImport(Library, EntryPoint = "syncfs", SetLastError = true)]
    internal static partial int SyncFileSystem(SafeFileHandle file);

    [LibraryImport(Library, EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Link(string existing, string name);

    [LibraryImport(Library, EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Rename(string existing, string name);

    [LibraryImport(Library, EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport(Library, EntryPoint = "fchown", SetLastError = true)]
    internal static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    internal static partial uint GetEffectiveUser();

    [LibraryImport(Library, EntryPoint = "getpwuid", SetLastError = true)]
    internal static partial PasswordEntry* GetUser(uint id);

    [LibraryImport(Library, EntryPoint = "getpwnam", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial PasswordEntry* GetUser(string name);

    [LibraryImport(Library, EntryPoint = "getgrgid", SetLastError = true)]
    internal static partial GroupEntry* GetGroup(uint id);

    [LibraryImport(Library, EntryPoint = "getgrnam", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial GroupEntry* GetGroup(string name);

    [LibraryImport(Library, EntryPoint = "setsid", SetLastError = true)]
    internal static partial int SetSession();

    [LibraryImport(Library, EntryPoint = "umask")]
    internal static partial uint SetMask(uint mask);

    [LibraryImport(Library, EntryPoint = "clock_gettime", SetLastError = true)]
    internal static partial int GetTime(int clock, out TimeSpecification time);

    /// <summary>struct flock; start and length zero mean the whole file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Lock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int ProcessId;
    }

    /// <summary>struct passwd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PasswordEntry
    {
        public byte* Name;
        public byte* Password;
        public uint User;
        public uint Group;
        public byte* Comment;
        public byte* Home;
        public byte* Shell;
    }

    /// <summary>struct group, as far as it is read.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct GroupEntry
    {
        public byte* Name;
        public byte* Password;
        public uint Group;
    }

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct TimeSpecification
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
