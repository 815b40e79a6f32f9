using System.ComponentModel;
using System.Diagnostics;
using Compeer.Cli.Outcome;
using Compeer.Platform.Errors;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Remote;

/// <summary>
/// A command line that runs with this process's own input and outputs, and is ended with all that it started when nobody can
/// read the output any more: when the connection that asked for it is gone.
/// </summary>
internal static class AttendedCommand
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    /// <summary>Runs it.</summary>
    /// <returns>Its exit code; <see cref="ExitCodes.Interrupted"/> when it was ended.</returns>
    /// <exception cref="MonException">It cannot be started.</exception>
    public static async Task<int> RunAsync(string command, TimeProvider time, CancellationToken cancellation)
    {
        using var process = Start(command);
        var ended = process.WaitForExitAsync(CancellationToken.None);
        while (!OutputReader.HasGone() && !cancellation.IsCancellationRequested)
        {
            try
            {
                await ended.WaitAsync(LookAgain, time, cancellation).ConfigureAwait(false);
                return process.ExitCode;
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                // Look again.
            }
        }

        ProcessGroup.Terminate(process.Id);
        try
        {
            await ended.WaitAsync(TimeToEnd, time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It does not heed what it was told.
        }

        ProcessGroup.Kill(process.Id);
        return ExitCodes.Interrupted;
    }

    private static Process Start(string command)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("setsid", LoginShell.CommandLine(command)))
                ?? throw new MonException("setsid cannot be started");
        }
        catch (Win32Exception e)
        {
            throw new MonException($"setsid cannot be started: {SystemError.Words(e)}");
        }
    }
}
