using Compeer.Cli.Outcome;
using Compeer.Cli.Output;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Remote;

/// <summary>A program at another machine that this one talks with, over ssh. ssh may ask for a password at the terminal, so only one
/// is begun at a time; several may be open.</summary>
internal sealed class SshConversation : IDisposable
{
    private readonly RunningCommand _command;
    private readonly SshLog? _log;

    private SshConversation(RunningCommand command, SshLog? log)
    {
        _command = command;
        _log = log;
        Ask = new StreamWriter(command.Input) { NewLine = "\n" };
        Answer = new StreamReader(command.Output);
    }

    /// <summary>What is said to it.</summary>
    public TextWriter Ask { get; }

    /// <summary>What it says.</summary>
    public TextReader Answer { get; }

    /// <summary>Begins one.</summary>
    /// <param name="ssh">The program ssh.</param>
    /// <param name="node">The machine.</param>
    /// <param name="command">The command line that runs there.</param>
    /// <param name="error">Gets what ssh and the command say to people. Null where ssh may ask at the terminal: it says there itself
    /// what goes wrong, or that would stand behind the next question.</param>
    /// <exception cref="MonException">ssh cannot be started.</exception>
    public static SshConversation Begin(string ssh, RemoteNode node, string command, NamedOutput? error)
    {
        var log = error is null ? null : new SshLog(error);
        try
        {
            var arguments = SshCommandLine.For(node, command, log?.FileName, mayAsk: error is null);
            return new SshConversation(RunningCommand.Start(ssh, arguments, output: null, error), log);
        }
        catch
        {
            log?.Dispose();
            throw;
        }
    }

    /// <summary>Says that there is no more to be said, and waits for the end.</summary>
    /// <param name="name">What the machine is called.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<MachineOutcome> EndAsync(string name, TimeProvider time, CancellationToken cancellation)
    {
        InputCopy.TryClose(_command.Input);
        var exitCode = await _command.WaitAsync(time, cancellation).ConfigureAwait(false);
        var lastWord = _log is null ? null : await _log.EndAsync().ConfigureAwait(false);
        return new MachineOutcome(name, exitCode, exitCode == MachineOutcome.SshFailed ? lastWord ?? "see above" : null);
    }

    public void Dispose()
    {
        if (!_command.HasEnded)
        {
            OtherProcess.TryTerminate(_command.Pid);
        }

        _command.Dispose();
        _log?.Dispose();
    }
}
