using Compeer.Configuration.Main;
using Compeer.Daemon.Log;
using Compeer.Engine.Events;

namespace Compeer.Daemon.PerformanceData;

/// <summary>The files of performance data of hosts and of services.</summary>
internal sealed class PerformanceFiles : IDisposable
{
    private const long HostFile = 1;

    private readonly PerformanceFile _hosts;
    private readonly PerformanceFile _services;

    /// <summary>Writes where this configuration says.</summary>
    public PerformanceFiles(MainConfiguration main, DaemonLog log, TimeProvider clock)
    {
        _hosts = new PerformanceFile("hosts", log, clock);
        _services = new PerformanceFile("services", log, clock);
        Follow(main);
    }

    /// <summary>Writes where this configuration says, from now on.</summary>
    public void Follow(MainConfiguration main)
    {
        _hosts.Follow(main.HostPerformanceDataFile, main.HostPerformance.WriteMode);
        _services.Follow(main.ServicePerformanceDataFile, main.ServicePerformance.WriteMode);
    }

    /// <summary>Writes a line. Never waits.</summary>
    public void Write(in PerformanceLine line) => (line.IsHost ? _hosts : _services).Write(line.Text);

    /// <summary>Closes a file and has its command run. Never waits.</summary>
    public void Give(CommandToRun command, Action<CommandToRun> run) => Of(command).Give(() => run(command));

    /// <summary>The command of a file has ended.</summary>
    public void TakeBack(CommandToRun command) => Of(command).TakeBack();

    /// <inheritdoc/>
    public void Dispose()
    {
        _hosts.Dispose();
        _services.Dispose();
    }

    private PerformanceFile Of(CommandToRun command) => command.Ticket == HostFile ? _hosts : _services;
}
