using Compeer.Configuration.Main;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.EventHandlers;

/// <summary>
/// What becomes of performance data (Naemon <c>update_service_performance_data</c>, <c>update_host_performance_data</c>): a command for
/// each result, a line of a file for each, and from time to time a command that is given the file. By the object's owner, so that each
/// result counts once in a cluster; each node has the files of what it owns.
/// </summary>
internal sealed class PerformanceCommands(EngineState engine)
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);

    /// <summary>When a file is due to be given to its command; null for never.</summary>
    public TimeSpan? NextWake => (Next(isHost: true), Next(isHost: false)) switch
    {
        ({ } hosts, { } services) => hosts < services ? hosts : services,
        var (hosts, services) => hosts ?? services,
    };

    /// <summary>Processes the data of a result.</summary>
    public void Follow(EngineTime now, in EffectiveSettings settings, CheckState after, Transition transition)
    {
        var isHost = settings.IsHost;
        var file = File(isHost);
        var isWanted = settings.Program.PerformanceData && settings.Definition.Processing.ProcessPerformanceData
            && (file.TakesEmptyResults || !after.PerformanceData.IsEmpty);
        if (!isWanted)
        {
            return;
        }

        var site = engine.Site;
        if (site.PerformanceCommand(isHost) is { } call
            && site.Macros.Expand(settings.Definition, call, now, after) is { } commandLine)
        {
            transition.Commands.Add(FollowingCommand.About(
                settings.Definition, call, CommandKind.PerformanceData, commandLine, Timeout, FollowingCommand.Own));
        }

        if (Path(isHost) is not null && site.Macros.ExpandText(settings.Definition, site.PerformanceTemplate(isHost), now) is { } line)
        {
            transition.Performance.Add(new PerformanceLine(isHost, line));
        }
    }

    /// <summary>Gives files to their commands, when it is time.</summary>
    public void Advance(EngineTime now, Transition transition)
    {
        Process(isHost: true, now, transition);
        Process(isHost: false, now, transition);
    }

    private TimeSpan Timeout =>
        engine.Site.Main.PerformanceDataTimeout is var time && time > ShortestTimeout ? time : ShortestTimeout;

    private TimeSpan? Next(bool isHost)
    {
        var interval = File(isHost).ProcessingInterval;
        var isOn = engine.Site.Program.PerformanceData && interval > TimeSpan.Zero && Path(isHost) is not null
            && File(isHost).WriteMode != 'p' && engine.Site.ProcessingCommand(isHost) is not null;
        return isOn && engine.Began is { } began ? engine.Performance.Next(isHost) ?? began + interval : null;
    }

    private void Process(bool isHost, EngineTime now, Transition transition)
    {
        if (!(Next(isHost) <= now.Monotonic))
        {
            return;
        }

        engine.Emit(MonitoringEvent.PerformanceProcessed(now, isHost, now.Monotonic + File(isHost).ProcessingInterval), transition);
        var call = engine.Site.ProcessingCommand(isHost)!;
        if (engine.Site.Macros.Expand(call, now) is { } line)
        {
            transition.Commands.Add(new CommandToRun(CommandKind.PerformanceFile, line, Timeout)
            {
                Who = ChangedSettings.TextOf(call),
                Ticket = isHost ? FollowingCommand.HostFile : FollowingCommand.ServiceFile,
            });
        }
    }

    private PerformanceFileVariables File(bool isHost) =>
        isHost ? engine.Site.Main.HostPerformance : engine.Site.Main.ServicePerformance;

    private string? Path(bool isHost) =>
        isHost ? engine.Site.Main.HostPerformanceDataFile : engine.Site.Main.ServicePerformanceDataFile;
}
