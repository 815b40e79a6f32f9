using Compeer.Cli.Daemon;

namespace Compeer.Tests.Cli;

/// <summary>Stands in for the daemon's program and process, and keeps what was asked of them in order.</summary>
internal sealed class FakeMond : IMond, IDaemonProcess
{
    public List<string> Calls { get; } = [];

    /// <summary>What a run prints to standard output, by its first argument.</summary>
    public Dictionary<string, string[]> Output { get; } = [];

    /// <summary>What a run prints to standard error, by its first argument.</summary>
    public Dictionary<string, string[]> ErrorOutput { get; } = [];

    /// <summary>Exit codes other than 0, by first argument.</summary>
    public Dictionary<string, int> ExitCodes { get; } = [];

    public MondStart Start { get; set; } = new(Ready: true, Pid: 4711, ExitCode: null);

    public DaemonPresence Presence { get; set; } = new(IsRunning: false, Pid: null);

    /// <summary>Whether a service manager runs it.</summary>
    public bool IsService { get; set; }

    public bool IgnoresTermination { get; set; }

    public Task<int> RunAsync(
        IReadOnlyList<string> arguments, Action<string> output, Action<string> error, CancellationToken cancellation)
    {
        Calls.Add(string.Join(' ', arguments));
        Print(arguments[0], output, error);
        return Task.FromResult(ExitCodes.GetValueOrDefault(arguments[0]));
    }

    public Task<int> RunAsDaemonAsync(
        IReadOnlyList<string> arguments, Action<string> output, Action<string> error, CancellationToken cancellation) =>
        RunAsync(arguments, output, error, cancellation);

    public Task<MondStart> StartAsync(Action<string> output, Action<string> error, CancellationToken cancellation)
    {
        Calls.Add("--daemonize");
        Print("--daemonize", output, error);
        return Task.FromResult(Start);
    }

    public Task<bool> StopServiceAsync(Action<string> error, CancellationToken cancellation)
    {
        if (!IsService)
        {
            return Task.FromResult(false);
        }

        Calls.Add("stop service");
        Presence = new DaemonPresence(IsRunning: false, Pid: null);
        return Task.FromResult(true);
    }

    public DaemonPresence Find() => Presence;

    public void Terminate(int pid) => Calls.Add($"SIGTERM {pid}");

    public Task<bool> WaitUntilGoneAsync(int pid, TimeSpan limit, CancellationToken cancellation)
    {
        Calls.Add($"wait {pid} {limit.TotalSeconds}");
        return Task.FromResult(!IgnoresTermination);
    }

    private void Print(string argument, Action<string> output, Action<string> error)
    {
        Array.ForEach(Output.GetValueOrDefault(argument, []), output);
        Array.ForEach(ErrorOutput.GetValueOrDefault(argument, []), error);
    }
}
