using System.ComponentModel;
using System.Diagnostics;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;
using Compeer.Platform.Errors;

namespace Compeer.Cli.Remote;

/// <summary>A program that runs, what it says on its way to where it is shown.</summary>
internal sealed class RunningCommand : IDisposable
{
    /// <summary>What was written before the end has arrived by then; what goes on in the background may keep the output open.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Task _output;

    private RunningCommand(Process process, NamedOutput? output, NamedOutput? error)
    {
        _process = process;

        // Not on this thread: of a program that says something all the time, it would never come back.
        _output = Task.WhenAll(
            output is null ? Task.CompletedTask : Task.Run(() => CopyAsync(process.StandardOutput.BaseStream, output)),
            error is null ? Task.CompletedTask : Task.Run(() => CopyAsync(process.StandardError.BaseStream, error)));
    }

    /// <summary>Its process id.</summary>
    public int Pid => _process.Id;

    /// <summary>Its standard input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Its standard output, for one that was started with nobody to show it.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a program with its arguments one by one.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="output">Gets what it says; null for what is read by the caller.</param>
    /// <param name="error">Gets what it says to people; null for this process's own standard error.</param>
    /// <exception cref="MonException">It cannot be started.</exception>
    public static RunningCommand Start(string program, IEnumerable<string> arguments, NamedOutput? output, NamedOutput? error)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = error is not null,
        };
        try
        {
            return new RunningCommand(
                Process.Start(start) ?? throw new MonException($"{program} cannot be started"), output, error);
        }
        catch (Win32Exception e)
        {
            throw new MonException($"{program} cannot be started: {SystemError.Words(e)}");
        }
    }

    /// <summary>Waits until it has ended and what it said is written.</summary>
    /// <returns>Its exit code; 128 and the signal's number when a signal ended it.</returns>
    /// <exception cref="IOException">What it says cannot be written.</exception>
    public async Task<int> WaitAsync(TimeProvider time, CancellationToken cancellation)
    {
        var ended = _process.WaitForExitAsync(cancellation);
        if (await Task.WhenAny(ended, _output).ConfigureAwait(false) == _output)
        {
            await _output.ConfigureAwait(false);
        }

        await ended.ConfigureAwait(false);
        try
        {
            await _output.WaitAsync(LastWords, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Something that it left in the background has the output now.
        }

        return _process.ExitCode;
    }

    public void Dispose() => _process.Dispose();

    private static async Task CopyAsync(Stream from, NamedOutput to)
    {
        var buffer = new byte[1 << 14];
        int read;
        while ((read = await from.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            to.Write(buffer.AsSpan(0, read));
        }

        to.Finish();
    }
}
