using System.Globalization;
using Compeer.Platform.Native;

namespace Compeer.Execution.Processes;

/// <summary>
/// Finds and kills the child of a thread that hangs in a start: it is not the new program yet, and so it still is what this
/// process is. Killed, it makes the start come back, unless it waits for a device.
/// </summary>
internal static class StuckChild
{
    internal static void Kill(int thread)
    {
        try
        {
            var self = new FileInfo("/proc/self/exe").LinkTarget;
            var children = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{thread}/children"));
            foreach (var child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (self is not null && new FileInfo($"/proc/{child}/exe").LinkTarget == self)
                {
                    _ = Libc.Kill(int.Parse(child, CultureInfo.InvariantCulture), Libc.SigKill);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            // A kernel without such lists, or the child ended in between: the start stays left behind until it comes back.
        }
    }
}
