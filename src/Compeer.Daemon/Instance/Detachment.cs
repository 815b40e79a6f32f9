using System.Text;
using Compeer.Daemon.Platform;
using Compeer.Platform.Processes;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Daemon.Instance;

/// <summary>
/// Leaves the terminal that started the daemon. The process is not forked (a runtime with threads cannot be): whoever
/// starts it waits for the end of its output, which comes when the daemon, ready, turns its output to a file.
/// </summary>
internal static class Detachment
{
    private const int StandardOutput = 1;

    /// <summary>Sends output to <paramref name="logFile"/> and input to nowhere.</summary>
    /// <exception cref="StartupException">The file cannot be opened.</exception>
    public static void RedirectOutput(string logFile)
    {
        if (Terminal.Redirect(logFile) is { } problem)
        {
            throw new StartupException(problem);
        }
    }

    /// <summary>Tells the starter something without <see cref="Console"/>, which would keep a duplicate of the pipe open:
    /// the starter waits for its end.</summary>
    public static void Tell(string line)
    {
        using var output = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        output.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }
}
