using System.Runtime.InteropServices;
using System.Text;
using Compeer.Platform.Errors;
using Compeer.Platform.Native;
using Compeer.Platform.Processes;

namespace Compeer.Execution.Processes;

/// <summary>
/// What all plugins of a runner have in common: attributes of the new process, environment, working directory, an empty
/// standard input. Immutable after construction, any thread.
/// </summary>
internal sealed unsafe class SpawnSettings : IDisposable
{
    private const short SetProcessGroup = 0x02; // POSIX_SPAWN_SETPGROUP
    private const short SetSignalDefault = 0x04; // POSIX_SPAWN_SETSIGDEF
    private const short SetSignalMask = 0x08; // POSIX_SPAWN_SETSIGMASK

    // posix_spawnattr_t has 336 bytes in glibc, sigset_t 128; room to spare, for nothing here depends on the exact size.
    private const int AttributesSize = 512;
    private const int SignalSetSize = 128;

    private const ulong UsualOpenFiles = 1024;

    private readonly byte* _memory;
    private readonly (ulong Soft, ulong Hard) _openFiles = ResourceLimits.OpenFilesSoftAndHard();
    private readonly Stack<EnvironmentBlock> _former = new();
    private volatile EnvironmentBlock _environment;

    internal SpawnSettings(PluginRunnerOptions options)
    {
        _environment = new EnvironmentBlock(options.Environment);
        NullDevice = OpenNullDevice();
        WorkingDirectory = Open(options.WorkingDirectory, Libc.PathOnly);
        _memory = (byte*)NativeMemory.AllocZeroed(AttributesSize + 64);
        Attributes = _memory;
        Shell = _memory + AttributesSize;
        ShellOption = Shell + 32;
        "/bin/sh"u8.CopyTo(new Span<byte>(Shell, 32));
        "-c"u8.CopyTo(new Span<byte>(ShellOption, 32));
        SetAttributes();
        CloseFrom = FindCloseFrom();
    }

    /// <summary>The environment of what is started next.</summary>
    internal EnvironmentBlock Environment => _environment;

    /// <summary>posix_spawnattr_t.</summary>
    internal void* Attributes { get; }

    /// <summary>Descriptor of /dev/null, for standard input.</summary>
    internal int NullDevice { get; }

    /// <summary>Descriptor of the working directory: unlike its path it cannot go away, which would look like a missing
    /// plugin.</summary>
    internal int WorkingDirectory { get; }

    /// <summary><c>/bin/sh</c>, ended by NUL.</summary>
    internal byte* Shell { get; }

    /// <summary><c>-c</c>, ended by NUL.</summary>
    internal byte* ShellOption { get; }

    /// <summary>posix_spawn_file_actions_addclosefrom_np, which glibc has since 2.34; null in older ones, where only what this
    /// process itself inherited without close-on-exec can leak into plugins.</summary>
    internal delegate* unmanaged<void*, int, int> CloseFrom { get; }

    /// <summary>Gives a new process the soft limit on open files that every program expects: the runtime has raised this process'
    /// own to the hard one, and programs exist that visit every descriptor they might have. It may raise it again itself.</summary>
    internal void LimitOpenFiles(int pid)
    {
        if (_openFiles.Soft > UsualOpenFiles)
        {
            var softAndHard = stackalloc ulong[2];
            softAndHard[0] = UsualOpenFiles;
            softAndHard[1] = _openFiles.Hard;
            _ = Libc.LimitOf(pid, Libc.OpenFilesLimit, softAndHard, null);
        }
    }

    /// <summary>Any one thread at a time. The former environment is kept: a start may be using it.</summary>
    internal void ChangeEnvironment(IReadOnlyDictionary<string, string> variables)
    {
        _former.Push(_environment);
        _environment = new EnvironmentBlock(variables);
    }

    public void Dispose()
    {
        _ = Libc.SpawnAttributesDestroy(Attributes);
        NativeMemory.Free(_memory);
        _ = Libc.Close(NullDevice);
        _ = Libc.Close(WorkingDirectory);
        Environment.Dispose();
        while (_former.TryPop(out var former))
        {
            former.Dispose();
        }
    }

    private static delegate* unmanaged<void*, int, int> FindCloseFrom() =>
        NativeLibrary.TryLoad("libc.so.6", out var library)
        && NativeLibrary.TryGetExport(library, "posix_spawn_file_actions_addclosefrom_np", out var function)
            ? (delegate* unmanaged<void*, int, int>)function
            : null;

    private static int OpenNullDevice()
    {
        // A process started with 0, 1 or 2 closed would get its pipes there and trip over them when it sets up the plugin's
        // own; so those three are filled first.
        int descriptor;
        do
        {
            descriptor = Open("/dev/null", Libc.ReadOnly);
        }
        while (descriptor <= 2);
        return descriptor;
    }

    private static int Open(string path, int flags)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            var descriptor = Libc.Open(name, flags | Libc.CloseOnExec);
            return descriptor >= 0
                ? descriptor
                : throw SystemErrorException.OfLastCall($"cannot open {path} for plugins to run in");
        }
    }

    private void SetAttributes()
    {
        _ = Libc.SpawnAttributesInit(Attributes);
        var signals = stackalloc byte[SignalSetSize];
        new Span<byte>(signals, SignalSetSize).Clear();
        _ = Libc.SpawnAttributesSetSignalMask(Attributes, signals);

        // All signals, not SIGPIPE alone: who starts the daemon in the background or under nohup makes it ignore others too.
        // It costs nothing: glibc visits every signal in the child anyway.
        new Span<byte>(signals, SignalSetSize).Fill(0xFF);
        _ = Libc.SpawnAttributesSetSignalDefault(Attributes, signals);
        _ = Libc.SpawnAttributesSetProcessGroup(Attributes, 0);
        _ = Libc.SpawnAttributesSetFlags(Attributes, SetProcessGroup | SetSignalDefault | SetSignalMask);
    }
}
