using Compeer.Cluster.Model;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Execution;
using Compeer.Daemon.Links;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Engine.Events;
using Compeer.Peer;

namespace Compeer.Daemon.Hosting;

/// <summary>Hands the loop's effects to those that carry them out.</summary>
internal sealed class DaemonShell(
    MonitoringLog monitoringLog,
    DaemonLog log,
    CheckExecutor executor,
    LinkHub links,
    ObjectCache cache,
    Action<Exception> failed) : IPeerShell
{
    public void StartCheck(in CheckToRun check) => executor.Start(check);

    public void WriteLog(in LogEntry entry) => monitoringLog.Write(entry.At, entry.Text);

    public void Dial(ClusterEffect.Dial dial) => links.Dial(dial.Neighbour);

    public void Send(ClusterEffect.Send send) => links.Send(send.Link, send.Frame);

    public void Close(ClusterEffect.Close close) => links.Close(close.Link, close.Reason);

    public void Notify(ClusterEffect.Notice notice)
    {
        if (notice.Level == NoticeLevel.Information)
        {
            log.Information(notice.Text);
        }
        else
        {
            log.Warning(notice.Text);
        }
    }

    public void Follow(PeerConfiguration configuration)
    {
        executor.ChangeMaxConcurrent(configuration.Main.MaxConcurrentChecks);
        cache.Follow(configuration.Main, configuration.Objects);
    }

    public void Failed(Exception exception)
    {
        log.Error($"the engine loop ended: {exception}");
        failed(exception);
    }
}
