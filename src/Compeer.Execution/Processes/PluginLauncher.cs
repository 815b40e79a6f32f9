using System.Runtime.InteropServices;
using Compeer.Platform.Errors;
using Compeer.Platform.Native;
using Compeer.Platform.Processes;

namespace Compeer.Execution.Processes;

/// <summary>
/// Starts plugins: argv directly where the command line allows, <c>/bin/sh -c</c> where it does not; in a process group of its
/// own, standard input empty, both output streams in pipes, nothing else open. A program without a slash is looked
/// for in PATH, and a script without <c>#!</c> is given to the shell, as execvp does, which Naemon uses. One per thread.
/// </summary>
internal sealed unsafe class PluginLauncher : IDisposable
{
    /// <summary>The longest command line in bytes; the kernel takes no word over 128 KiB.</summary>
    internal const int MaxCommandLine = 1024 * 1024;

    private static ReadOnlySpan<byte> Shell => "/bin/sh"u8;

    private const int FileActionsSize = 256; // posix_spawn_file_actions_t has 80 bytes

    private readonly SpawnSettings _settings;
    private readonly CommandLineBuffer _words = new();
    private readonly byte* _fileActions = (byte*)NativeMemory.AllocZeroed(FileActionsSize);
    private PointerList _arguments;
    private PointerList _variables;
    private byte[] _path = new byte[256];
    private EnvironmentBlock _environment;
    private ReadOnlyMemory<byte> _ownVariables;
    private bool _needsShell;

    internal PluginLauncher(SpawnSettings settings)
    {
        _settings = settings;
        _environment = settings.Environment;
    }

    /// <summary>The program of the command line that was prepared last.</summary>
    internal ReadOnlySpan<byte> Program => _needsShell ? Shell : _words.Word(_words.Assignments);

    /// <summary>The program of a command line, or the shell.</summary>
    internal static string ProgramOf(ReadOnlySpan<byte> commandLine)
    {
        var words = new CommandLineBuffer();
        var needsShell = CommandLineParser.Parse(commandLine, words) != ShellReason.None;
        return StuckPrograms.NameOf(needsShell ? Shell : words.Word(words.Assignments));
    }

    /// <summary>Takes a command line apart, for <see cref="Start"/>; 0, or the errno.</summary>
    internal int Prepare(ReadOnlySpan<byte> commandLine, ReadOnlyMemory<byte> ownVariables)
    {
        _ownVariables = ownVariables;
        if (commandLine.Length > MaxCommandLine)
        {
            return Errno.TooBig;
        }

        if (commandLine.Contains((byte)0))
        {
            return Errno.Invalid;
        }

        _environment = _settings.Environment;
        _needsShell = CommandLineParser.Parse(commandLine, _words) != ShellReason.None;
        if (_needsShell)
        {
            _words.Clear(commandLine.Length);
            _words.BeginWord();
            _words.Append(commandLine);
            _words.EndWord(isAssignment: false);
        }

        return _words.Count == 0 ? Errno.Invalid : 0;
    }

    public void Dispose()
    {
        NativeMemory.Free(_fileActions);
        _arguments.Free();
        _variables.Free();
    }

    /// <summary>Starts the process of the command line that was prepared; 0, or the errno and nothing is left of it. It does
    /// not come back while the file system of the program does not answer.</summary>
    internal int Start(out PluginProcess process)
    {
        process = default;
        var output = stackalloc int[2];
        var error = stackalloc int[2];
        if (Libc.Pipe2(output, Libc.CloseOnExec) != 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        if (Libc.Pipe2(error, Libc.CloseOnExec) != 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            Close(output);
            return errno;
        }

        if (ResourceLimits.IsTooManyForPlugins(error[1]))
        {
            Close(output);
            Close(error);
            return Errno.TooManyFiles;
        }

        var pid = 0;
        var failure = SetFileActions(output[1], error[1]);
        if (failure == 0)
        {
            failure = Spawn(&pid);
            _ = Libc.FileActionsDestroy(_fileActions);
        }

        if (failure != 0)
        {
            Close(output);
            Close(error);
            return failure;
        }

        _settings.LimitOpenFiles(pid);

        // The writing ends go first, so that a process at its limit of open files has one for the pidfd.
        _ = Libc.Close(output[1]);
        _ = Libc.Close(error[1]);
        var pidFd = Libc.PidFdOpen(pid);
        if (pidFd < 0)
        {
            failure = Marshal.GetLastPInvokeError();
            if (failure == Errno.NoProcess)
            {
                // Ended and reaped already, by something else in this process or since SIGCHLD is ignored.
                failure = Errno.NoChild;
            }
            else
            {
                Abandon(pid);
            }

            _ = Libc.Close(output[0]);
            _ = Libc.Close(error[0]);
            return failure;
        }

        process = new PluginProcess(pid, pidFd, output[0], error[0]);
        return 0;
    }

    /// <summary>Kills and reaps a process that cannot be watched.</summary>
    private static void Abandon(int pid)
    {
        var information = stackalloc byte[128];
        _ = Libc.Kill(-pid, Libc.SigKill);
        _ = Libc.WaitId(Libc.ByPid, (uint)pid, information, Libc.WaitExited);
    }

    private static void Close(int* ends)
    {
        _ = Libc.Close(ends[0]);
        _ = Libc.Close(ends[1]);
    }

    private int SetFileActions(int output, int error)
    {
        void* actions = _fileActions;
        var failure = Libc.FileActionsInit(actions);
        if (failure != 0)
        {
            return failure;
        }

        failure = Libc.FileActionsAddDup2(actions, _settings.NullDevice, 0);
        failure = failure != 0 ? failure : Libc.FileActionsAddDup2(actions, output, 1);
        failure = failure != 0 ? failure : Libc.FileActionsAddDup2(actions, error, 2);
        failure = failure != 0 ? failure : Libc.FileActionsAddChangeDirectory(actions, _settings.WorkingDirectory);
        failure = failure != 0 || _settings.CloseFrom == null ? failure : _settings.CloseFrom(actions, 3);
        if (failure != 0)
        {
            _ = Libc.FileActionsDestroy(actions);
        }

        return failure;
    }

    private int Spawn(int* pid)
    {
        fixed (byte* text = _words.Text, own = _ownVariables.Span)
        {
            var variables = Variables(text, own);
            return _needsShell ? SpawnShell(text, variables, pid) : SpawnProgram(text, variables, pid);
        }
    }

    private int SpawnShell(byte* text, byte** variables, int* pid)
    {
        _arguments.Clear();
        _arguments.Add(_settings.Shell);
        _arguments.Add(_settings.ShellOption);
        _arguments.Add(text + _words.Start(0));
        _arguments.Add(null);
        return Spawn(_settings.Shell, _arguments.Items, variables, pid);
    }

    private int SpawnProgram(byte* text, byte** variables, int* pid)
    {
        // The first place is for the shell, should the program turn out to be a script without "#!".
        _arguments.Clear();
        _arguments.Add(_settings.Shell);
        for (var i = _words.Assignments; i < _words.Count; i++)
        {
            _arguments.Add(text + _words.Start(i));
        }

        _arguments.Add(null);
        var program = _words.Word(_words.Assignments);
        return program.Contains((byte)'/')
            ? SpawnFile(_arguments.Items[1], variables, pid)
            : SpawnFromPath(program, variables, pid);
    }

    private int SpawnFile(byte* path, byte** variables, int* pid)
    {
        var failure = Spawn(path, _arguments.Items + 1, variables, pid);
        if (failure == Errno.NotExecutableFormat)
        {
            var name = _arguments.Items[1];
            _arguments.Items[1] = path;
            failure = Spawn(_settings.Shell, _arguments.Items, variables, pid);
            _arguments.Items[1] = name;
        }

        return failure;
    }

    private int SpawnFromPath(ReadOnlySpan<byte> program, byte** variables, int* pid)
    {
        var failure = Errno.NoEntry;
        var directories = SearchPath();
        if (program.IsEmpty)
        {
            return failure;
        }

        foreach (var range in directories.Split((byte)':'))
        {
            var directory = directories[range];
            fixed (byte* path = JoinPath(directory.IsEmpty ? "."u8 : directory, program))
            {
                // Asking first is cheaper than a new process that ends at once; both answer with the same errno.
                var errno = Libc.Access(path, Libc.IsExecutable) == 0
                    ? SpawnFile(path, variables, pid)
                    : Marshal.GetLastPInvokeError();
                if (errno is not (Errno.NoEntry or Errno.NotDirectory or Errno.AccessDenied))
                {
                    return errno;
                }

                // As execvp: a program that may not be executed is only the answer if there is no other.
                failure = errno == Errno.AccessDenied ? errno : failure;
            }
        }

        return failure;
    }

    private byte[] JoinPath(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> program)
    {
        var length = directory.Length + program.Length + 2;
        if (_path.Length < length)
        {
            _path = new byte[2 * length];
        }

        directory.CopyTo(_path);
        _path[directory.Length] = (byte)'/';
        program.CopyTo(_path.AsSpan(directory.Length + 1));
        _path[length - 1] = 0;
        return _path;
    }

    /// <summary>The command line's own PATH decides, as in a shell and in Naemon, or else the common one.</summary>
    private ReadOnlySpan<byte> SearchPath()
    {
        for (var i = _words.Assignments - 1; i >= 0; i--)
        {
            var assignment = _words.Word(i);
            if (assignment.StartsWith("PATH="u8))
            {
                return assignment["PATH="u8.Length..];
            }
        }

        return _environment.SearchPath.Span;
    }

    private byte** Variables(byte* text, byte* own)
    {
        var common = _environment.Pointers;
        if (_words.Assignments == 0 && _ownVariables.IsEmpty)
        {
            return common;
        }

        _variables.Clear();
        for (var i = 0; i < _environment.Count; i++)
        {
            if (!IsAssigned(common[i], text, 0) && !IsReplaced(common[i]))
            {
                _variables.Add(common[i]);
            }
        }

        var left = _ownVariables.Span;
        for (var end = left.IndexOf((byte)0); end >= 0; end = left.IndexOf((byte)0))
        {
            var variable = own + (_ownVariables.Length - left.Length);
            if (!IsAssigned(variable, text, 0))
            {
                _variables.Add(variable);
            }

            left = left[(end + 1)..];
        }

        for (var i = 0; i < _words.Assignments; i++)
        {
            var assignment = text + _words.Start(i);
            if (!IsAssigned(assignment, text, i + 1))
            {
                _variables.Add(assignment);
            }
        }

        _variables.Add(null);
        return _variables.Items;
    }

    /// <summary>What the daemon was started with is not taken for a macro of this command.</summary>
    private bool IsReplaced(byte* variable) => !_ownVariables.IsEmpty
        && MemoryMarshal.CreateReadOnlySpanFromNullTerminated(variable).StartsWith("NAGIOS_"u8);

    private bool IsAssigned(byte* variable, byte* text, int firstAssignment)
    {
        for (var i = firstAssignment; i < _words.Assignments; i++)
        {
            if (EnvironmentBlock.SameName(variable, text + _words.Start(i)))
            {
                return true;
            }
        }

        return false;
    }

    private int Spawn(byte* path, byte** arguments, byte** variables, int* pid) =>
        Libc.PosixSpawn(pid, path, _fileActions, _settings.Attributes, arguments, variables);
}
