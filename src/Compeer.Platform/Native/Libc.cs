using System.Runtime.InteropServices;

namespace Compeer.Platform.Native;

/// <summary>The calls into the C library that starting, watching and reaping processes needs; 64-bit Linux.</summary>
internal static unsafe partial class Libc
{
    internal const int CloseOnExec = 0x80000; // O_CLOEXEC, EPOLL_CLOEXEC, EFD_CLOEXEC
    internal const int NonBlocking = 0x800; // EFD_NONBLOCK
    internal const int ReadOnly = 0; // O_RDONLY
    internal const int PathOnly = 0x200000; // O_PATH
    internal const int IsExecutable = 1; // X_OK
    internal const int SigHup = 1;
    internal const int SigKill = 9;
    internal const int SigUsr1 = 10;
    internal const int SigTerm = 15;
    internal const int SigChld = 17;
    internal const int WaitNoHang = 1; // WNOHANG
    internal const int WaitExited = 4; // WEXITED
    internal const int ByPid = 1; // P_PID
    internal const int ByPidFd = 3; // P_PIDFD
    internal const int OpenFilesLimit = 7; // RLIMIT_NOFILE

    private const string Library = "libc";
    private const nint PidFdOpenNumber = 434;
    private const nuint BytesAvailable = 0x541B; // FIONREAD

    [LibraryImport(Library, EntryPoint = "posix_spawn")]
    internal static partial int PosixSpawn(int* pid, byte* path, void* actions, void* attributes, byte** argv, byte** envp);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_init")]
    internal static partial int SpawnAttributesInit(void* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int SpawnAttributesDestroy(void* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SpawnAttributesSetFlags(void* attributes, short flags);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int SpawnAttributesSetSignalDefault(void* attributes, void* signals);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int SpawnAttributesSetSignalMask(void* attributes, void* signals);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setpgroup")]
    internal static partial int SpawnAttributesSetProcessGroup(void* attributes, int group);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    [SuppressGCTransition]
    internal static partial int FileActionsInit(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    [SuppressGCTransition]
    internal static partial int FileActionsDestroy(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    [SuppressGCTransition]
    internal static partial int FileActionsAddDup2(void* actions, int descriptor, int target);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addfchdir_np")]
    [SuppressGCTransition]
    internal static partial int FileActionsAddChangeDirectory(void* actions, int descriptor);

    [LibraryImport(Library, EntryPoint = "pipe2", SetLastError = true)]
    internal static partial int Pipe2(int* ends, int flags);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true)]
    internal static partial int Open(byte* path, int flags);

    [LibraryImport(Library, EntryPoint = "access", SetLastError = true)]
    internal static partial int Access(byte* path, int mode);

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static partial int EpollControl(int epoll, int operation, int descriptor, void* settings);

    [LibraryImport(Library, EntryPoint = "epoll_wait", SetLastError = true)]
    internal static partial int EpollWait(int epoll, void* events, int maximum, int milliseconds);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(void* descriptors, nuint count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int EventFd(uint initial, int flags);

    [LibraryImport(Library, EntryPoint = "waitid", SetLastError = true)]
    internal static partial int WaitId(int kind, uint id, void* information, int options);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport(Library, EntryPoint = "getpid")]
    internal static partial int GetPid();

    [LibraryImport(Library, EntryPoint = "gettid")]
    internal static partial int GetThreadId();

    [LibraryImport(Library, EntryPoint = "sigaction", SetLastError = true)]
    internal static partial int SignalAction(int signal, void* action, void* previous);

    [LibraryImport(Library, EntryPoint = "signal", SetLastError = true)]
    internal static partial nint Signal(int signal, nint handler);

    /// <summary>The mask of the calling thread; 0, or the errno.</summary>
    [LibraryImport(Library, EntryPoint = "pthread_sigmask")]
    internal static partial int ChangeSignalMask(int how, void* signals, void* previous);

    /// <summary>Runs another program in this process; comes back only if it fails.</summary>
    [LibraryImport(Library, EntryPoint = "execve", SetLastError = true)]
    internal static partial int Execute(byte* path, byte** argv, byte** envp);

    [LibraryImport(Library, EntryPoint = "getrlimit", SetLastError = true)]
    internal static partial int GetLimit(int resource, ulong* softAndHard);

    [LibraryImport(Library, EntryPoint = "prlimit", SetLastError = true)]
    internal static partial int LimitOf(int pid, int resource, ulong* softAndHard, ulong* previous);

    /// <summary>A descriptor that becomes readable when the process ends (Linux 5.3); -1 and errno on failure.</summary>
    internal static int PidFdOpen(int pid) => (int)SystemCall(PidFdOpenNumber, pid, 0);

    /// <summary>How many bytes a read of this pipe would find now.</summary>
    internal static int Available(int descriptor)
    {
        var count = 0;
        return IoControl(descriptor, BytesAvailable, &count) == 0 ? count : 0;
    }

    // Variadic in C; on x86-64 and arm64 Linux whole-number arguments of variadic functions travel as all others do.
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int IoControl(int descriptor, nuint request, int* value);
}
