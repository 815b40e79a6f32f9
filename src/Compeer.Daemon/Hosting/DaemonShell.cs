using Compeer.Cluster.Model;
using Compeer.Configuration.Main;
using Compeer.Daemon.CheckResults;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Execution;
using Compeer.Daemon.ExternalCommands;
using Compeer.Daemon.Links;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.PerformanceData;
using Compeer.Daemon.QueryHandler;
using Compeer.Daemon.StatusFiles;
using Compeer.Daemon.Storage;
using Compeer.Daemon.Synchronisation;
using Compeer.Daemon.Testing;
using Compeer.Daemon.Versions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;

namespace Compeer.Daemon.Hosting;

/// <summary>Hands the loop's effects to those that carry them out.</summary>
internal sealed class DaemonShell(
    MonitoringLog monitoringLog,
    DaemonLog log,
    CheckExecutor executor,
    LinkHub links,
    ObjectCache cache,
    DurableStateFile stateFile,
    ValueKeeper? keeper,
    VersionKeeper versions,
    Action<Exception?> ended) : IPeerShell
{
    /// <summary>Takes what is for it; set before the loop starts.</summary>
    public ConfigurationFollower? Follower { get; set; }

    /// <summary>Likewise.</summary>
    public FileSynchroniser? Synchroniser { get; set; }

    /// <summary>Likewise.</summary>
    public CheckTestDesk? Tests { get; set; }

    /// <summary>What pollers get; set before the loop starts.</summary>
    public PollerParts? Parts { get; set; }

    /// <summary>Where external commands come from; set before the loop starts.</summary>
    public CommandPipe? Commands { get; set; }

    /// <summary>Where queries come from; set before the loop starts.</summary>
    public QueryListener? Queries { get; set; }

    /// <summary>Where files with results come from; set before the loop starts.</summary>
    public CheckResultFolder? CheckResults { get; set; }

    /// <summary>What reads files of external commands; set before the loop starts.</summary>
    public CommandFiles? CommandFiles { get; set; }

    /// <summary>Takes up what the configuration says now; set before the loop starts.</summary>
    public Action? Reload { get; set; }

    /// <summary>Takes up how livestatus is served; set before the loop starts.</summary>
    public Action<MainConfiguration> Livestatus { get; set; } = static _ => { };

    /// <summary>Where performance data goes; set before the loop starts.</summary>
    public PerformanceFiles? Performance { get; set; }

    /// <summary>Where other programs read the state of everything; set before the loop starts.</summary>
    public StateFiles? StateFiles { get; set; }

    public void Persist(DurableState state)
    {
        stateFile.Write(state);
        versions.Follow(state.Configuration);
        Parts!.Follow(state.Configuration);
    }

    public void Store(UnstoredValues values) => keeper!.Write(values);

    public void Exchange(ClusterEffect effect)
    {
        if (effect is ClusterEffect.FilesPartner or ClusterEffect.FilesOffered or ClusterEffect.FilesReported
            or ClusterEffect.Content { FilesOf: not null } or ClusterEffect.ReadContent { FilesFor: not null })
        {
            Synchroniser!.Post(effect);
        }
        else if (effect is ClusterEffect.CheckTestAsked or ClusterEffect.CheckTestAnswered)
        {
            Tests!.Post(effect);
        }
        else
        {
            Follower!.Post(effect);
        }
    }

    public void StartCheck(in CheckToRun check) => executor.Start(check);

    public void LookFor(in DoubtfulCheck check) => executor.LookFor(check);

    public void RunCommand(CommandToRun command)
    {
        if (command.Kind == CommandKind.PerformanceFile)
        {
            Performance!.Give(command, executor.Run);
        }
        else
        {
            executor.Run(command);
        }
    }

    public void ReadCommands(in CommandFile file) => CommandFiles!.Read(file);

    public void Order(ProgramOrder order)
    {
        switch (order)
        {
            case ProgramOrder.Stop:
                ended(null);
                break;
            case ProgramOrder.SaveState:
                StateFiles!.SaveState();
                break;
            default:
                // Elsewhere: it begins with reading files.
                Task.Run(Reload!);
                break;
        }
    }

    public void WritePerformance(in PerformanceLine line) => Performance!.Write(line);

    public void WriteLog(in LogEntry entry) => monitoringLog.Write(entry.At, entry.Text);

    public void MarkLog(long mark) => monitoringLog.Mark(mark);

    public void FetchEntries(StreamFetch fetch) => keeper!.Fetch(fetch);

    public void Dial(NodeId neighbour) => links.Dial(neighbour);

    public void Send(LinkId link, ReadOnlyMemory<byte> frame) => links.Send(link, frame);

    public void Close(LinkId link, string reason) => links.Close(link, reason);

    public void Notify(NoticeLevel level, string text)
    {
        if (level == NoticeLevel.Information)
        {
            log.Information(text);
        }
        else
        {
            log.Warning(text);
        }
    }

    public void Follow(PeerConfiguration configuration)
    {
        monitoringLog.Follow(configuration.Main);
        executor.Follow(configuration);
        cache.Follow(configuration.Main, configuration.Objects);
        Parts!.Follow(configuration.Main, configuration.Objects, configuration.Version.Hash);
        Commands!.Follow(configuration.Main);
        Queries!.Follow(configuration.Main);
        CheckResults!.Follow(configuration.Main);
        Performance!.Follow(configuration.Main);
        StateFiles!.Follow(configuration.Main);
        Livestatus(configuration.Main);
    }

    public void EndRound() => links.Release();

    public void Failed(Exception exception)
    {
        log.Error($"the engine loop ended: {exception}");
        ended(exception);
    }
}
