using System.Text;
using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>
/// SIGCHLD, kept from waking threads for nothing. At its default the kernel drops it, except where the thread that started the
/// child has all signals blocked at that moment, as within posix_spawn: then some other thread of the process is woken to find that
/// there is nothing to do. Of a thousand short plugins a second, started in turn, more than half end like that. Blocked in
/// all threads it wakes none, and one stays pending. Only for a process that learns of its children's ends otherwise, by
/// their pidfds.
/// </summary>
public static unsafe class ChildSignal
{
    private const int Block = 0; // SIG_BLOCK
    private const int Unblock = 1; // SIG_UNBLOCK
    private const int SignalSetSize = 128;

    /// <summary>Blocks it in this thread, and so in what is started by it, until the returned value is disposed on the same
    /// thread.</summary>
    public static Blocked BlockHere() => new(Change(Block));

    /// <summary>
    /// Sees to it that it is blocked in all threads of this process. A thread has the mask of the one that made it, and the
    /// runtime has made some before Main: so the program begins anew, once, with the same arguments and environment, unless whoever
    /// started it had blocked it already. Call it first thing; where it cannot begin anew it goes on with the signal as it was.
    /// </summary>
    public static void BlockInAllThreads()
    {
        var wasBlocked = Change(Block);
        if (wasBlocked || Environment.ProcessPath is not { } program || !File.Exists(program))
        {
            return;
        }

        // What the runtime that ends here has put there; the next one has the same names.
        RuntimeTraces.Remove(Path.GetTempPath(), Environment.ProcessId);
        BeginAnew(program);
        _ = Change(Unblock);
    }

    /// <summary>Comes back only if it fails.</summary>
    private static void BeginAnew(string program)
    {
        byte[] arguments;
        byte[] variables;
        try
        {
            arguments = File.ReadAllBytes("/proc/self/cmdline");
            variables = File.ReadAllBytes("/proc/self/environ");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }

        fixed (byte* path = Encoding.UTF8.GetBytes(program + '\0'), first = arguments, firstVariable = variables)
        fixed (byte** argv = Strings(first, arguments), envp = Strings(firstVariable, variables))
        {
            _ = Libc.Execute(path, argv, envp);
        }
    }

    /// <summary>The strings that follow each other in pinned memory, each ended by NUL, and a null pointer.</summary>
    private static byte*[] Strings(byte* start, ReadOnlySpan<byte> text)
    {
        var strings = new byte*[text.Count((byte)0) + 1];
        var count = 0;
        for (var left = text; left.IndexOf((byte)0) is var end and >= 0; left = left[(end + 1)..])
        {
            strings[count++] = start + (text.Length - left.Length);
        }

        return strings;
    }

    /// <summary>Whether it was blocked in this thread before.</summary>
    private static bool Change(int how)
    {
        var signals = stackalloc byte[SignalSetSize];
        var before = stackalloc byte[SignalSetSize];
        new Span<byte>(signals, SignalSetSize).Clear();
        new Span<byte>(before, SignalSetSize).Clear();
        const int place = (Libc.SigChld - 1) / 8;
        const byte bit = 1 << ((Libc.SigChld - 1) % 8);
        signals[place] = bit;
        _ = Libc.ChangeSignalMask(how, signals, before);
        return (before[place] & bit) != 0;
    }

    /// <summary>The end of <see cref="BlockHere"/>.</summary>
    /// <param name="WasBlocked">Whether it was before, and stays.</param>
    public readonly record struct Blocked(bool WasBlocked) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            if (!WasBlocked)
            {
                _ = Change(Unblock);
            }
        }
    }
}
