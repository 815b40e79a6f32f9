using System.Globalization;

namespace Compeer.Api;

/// <summary>
/// Tells a process that has been killed and is not gone yet. The kernel takes its memory back first and closes its files
/// last, so that for a moment, longer the more memory it had, a daemon that is dead still holds its lock.
/// </summary>
public static class EndingProcess
{
    private const ulong PendingKill = 1UL << (9 - 1);

    /// <summary>Whether a process has ended or has a SIGKILL that it cannot escape; false for one that lives, and for one
    /// that this machine does not know (it may run in another PID namespace).</summary>
    /// <param name="pid">A process id.</param>
    public static bool Is(int pid)
    {
        try
        {
            return IsSaidBy(File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The same from the lines of <c>/proc/PID/status</c>; see proc_pid_status(5).</summary>
    internal static bool IsSaidBy(IEnumerable<string> status)
    {
        foreach (var line in status)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var value = line.AsSpan(colon + 1).Trim();
            var says = line.AsSpan(0, Math.Max(colon, 0)) switch
            {
                "State" => value is ['Z' or 'X' or 'x', ..],
                "SigPnd" or "ShdPnd" =>
                    ulong.TryParse(value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var pending)
                    && (pending & PendingKill) != 0,
                _ => false,
            };
            if (says)
            {
                return true;
            }
        }

        return false;
    }
}
