using Compeer.Cli.Outcome;
using Compeer.Cli.Output;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Remote;

/// <summary>A command line that runs on one machine, over ssh or here.</summary>
internal sealed class MachineRun : IDisposable
{
    /// <summary>What is asked to stop may need some time for it.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TimeToNotice = TimeSpan.FromSeconds(1);

    private readonly RunningCommand _command;
    private readonly SshLog? _log;

    private MachineRun(string name, RunningCommand command, SshLog? log)
    {
        Name = name;
        _command = command;
        _log = log;
    }

    /// <summary>The machine.</summary>
    public string Name { get; }

    /// <summary>The command's standard input.</summary>
    public Stream Input => _command.Input;

    /// <summary>Starts it over ssh.</summary>
    /// <param name="ssh">The program.</param>
    /// <param name="node">Where.</param>
    /// <param name="command">A line for the shell there.</param>
    /// <param name="mayAsk">Whether ssh may ask at the terminal.</param>
    /// <param name="output">Gets what it says.</param>
    /// <param name="error">Gets what it says to people.</param>
    /// <exception cref="MonException">ssh cannot be started.</exception>
    public static MachineRun OverSsh(
        string ssh, RemoteNode node, string command, bool mayAsk, NamedOutput output, NamedOutput error)
    {
        var log = new SshLog(error);
        try
        {
            return new MachineRun(
                node.Name,
                RunningCommand.Start(ssh, SshCommandLine.For(node, command, log.FileName, mayAsk), output, error),
                log);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>Starts it here, as the leader of a session, so that all of it can be ended.</summary>
    /// <exception cref="MonException">It cannot be started.</exception>
    public static MachineRun Here(string name, string command, NamedOutput output, NamedOutput error) =>
        new(name, RunningCommand.Start("setsid", LoginShell.CommandLine(command), output, error), log: null);

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code, and what ssh says when it did not get there.</returns>
    public async Task<MachineOutcome> WaitAsync(TimeProvider time, CancellationToken cancellation)
    {
        var exitCode = await _command.WaitAsync(time, cancellation).ConfigureAwait(false);
        var lastWord = _log is null ? null : await _log.EndAsync().ConfigureAwait(false);
        if (_log is not null && exitCode == MachineOutcome.SshFailed && lastWord is null)
        {
            // Ctrl-C at a terminal ends ssh as well, without a word, and perhaps before this process has noticed it.
            await Task.Delay(TimeToNotice, time, cancellation).ConfigureAwait(false);
        }

        return new MachineOutcome(Name, exitCode, exitCode == MachineOutcome.SshFailed ? lastWord : null);
    }

    /// <summary>Ends it, here and there, and waits until it has ended.</summary>
    public async Task EndAsync(TimeProvider time)
    {
        if (_command.HasEnded)
        {
            return;
        }

        if (_log is null)
        {
            ProcessGroup.Terminate(_command.Pid);
        }
        else
        {
            OtherProcess.TryTerminate(_command.Pid);
        }

        try
        {
            using var limit = new CancellationTokenSource(TimeToEnd, time);
            await _command.WaitAsync(time, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It does not heed what it was told.
        }
        catch (IOException)
        {
            // Nobody reads any more.
        }

        if (_log is null)
        {
            ProcessGroup.Kill(_command.Pid);
        }
    }

    public void Dispose()
    {
        _command.Dispose();
        _log?.Dispose();
    }
}
