using System.Globalization;
using System.Runtime.InteropServices;

namespace Compeer.Tests.Execution;

/// <summary>Other processes as /proc shows them, and what tests do to them.</summary>
internal static partial class Processes
{
    private const int SigKill = 9;

    /// <summary>Whether a process still runs; one that ended and that nobody reaped (a zombie) does not.</summary>
    internal static bool IsAlive(int pid)
    {
        try
        {
            // "pid (name) state …"; the name may hold anything, so the last parenthesis counts.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The thread of this process that started a child which runs.</summary>
    internal static string StarterOf(int child) => Directory.GetDirectories("/proc/self/task").Single(
        thread => ChildrenOf(thread).Contains(child.ToString(CultureInfo.InvariantCulture)));

    private static string[] ChildrenOf(string thread)
    {
        try
        {
            return File.ReadAllText($"{thread}/children").Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    internal static void Kill(int pid) => _ = SendSignal(pid, SigKill);

    /// <summary>The numbers in a text, one per line.</summary>
    internal static int[] Numbers(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
            line => int.Parse(line, CultureInfo.InvariantCulture))];

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
