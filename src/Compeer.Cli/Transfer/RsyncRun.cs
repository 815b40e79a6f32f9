using System.Collections.Immutable;
using System.Text;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;
using Compeer.Cli.Remote;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Transfer;

/// <summary>What a run of rsync came to.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Changes">What it changed.</param>
/// <param name="Errors">What it, and ssh, said to people.</param>
internal sealed record RsyncRun(int ExitCode, RsyncChanges Changes, ImmutableArray<string> Errors)
{
    /// <summary>Whether it did all that it was to do.</summary>
    public bool IsDone => ExitCode == 0;

    /// <summary>Why not, in one line: the first of its words, which name the cause; the last only count.</summary>
    public string Problem => Errors.FirstOrDefault(line => line.Length > 0) ?? $"rsync ended with exit code {ExitCode}";

    /// <summary>Runs rsync to its end.</summary>
    /// <exception cref="MonException">It cannot be run.</exception>
    public static async Task<RsyncRun> RunAsync(
        IReadOnlyList<string> commandLine, TimeProvider time, CancellationToken cancellation)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var gate = new Lock();
        using var command = RunningCommand.Start(
            commandLine[0], commandLine.Skip(1), new NamedOutput(name: null, output, gate), new NamedOutput(name: null, error, gate));
        InputCopy.TryClose(command.Input);
        try
        {
            var exitCode = await command.WaitAsync(time, cancellation).ConfigureAwait(false);
            lock (gate)
            {
                return new RsyncRun(exitCode, RsyncChanges.Read(LinesOf(output)), [.. LinesOf(error)]);
            }
        }
        finally
        {
            if (!command.HasEnded)
            {
                OtherProcess.TryTerminate(command.Pid);
            }
        }
    }

    private static string[] LinesOf(MemoryStream written) =>
        Encoding.UTF8.GetString(written.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
