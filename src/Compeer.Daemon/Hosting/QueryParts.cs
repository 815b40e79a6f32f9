using Compeer.Daemon.Execution;
using Compeer.Daemon.Http;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Platform;
using Compeer.Daemon.QueryHandler;
using Compeer.Daemon.Reload;
using Compeer.Engine.Snapshot;

namespace Compeer.Daemon.Hosting;

/// <summary>Makes the query handler of a daemon.</summary>
internal static class QueryParts
{
    /// <summary>Makes it; it listens when it is told where.</summary>
    public static QueryListener Make(
        PartStack parts,
        DaemonIdentity self,
        DaemonLoop loop,
        NodeDirectory nodes,
        ConfigurationReloader reloader,
        CheckExecutor executor,
        TimeSpan dataTimeout,
        DaemonLog log)
    {
        Task<EngineSnapshot> ViewAsync(CancellationToken stopping) =>
            loop.ViewAsync((peer, now) => peer.EngineSnapshot(now), stopping);
        var view = new NodesView(self);
        async Task<ClusterMoment> ViewClusterAsync(CancellationToken stopping)
        {
            (var engine, var cluster) = await loop.ViewAsync(
                (peer, now) => (peer.EngineSnapshot(now), peer.ClusterSnapshot()), stopping).ConfigureAwait(false);
            var current = nodes.Current;
            return new ClusterMoment(
                current,
                view.Make(current, nodes.Findings, reloader.NotTakenUp, engine, cluster),
                CheckFiguresView.Make(age: null, current, engine, cluster).Overdue,
                dataTimeout);
        }

        var radio = parts.Push(new ResultRadio(ViewAsync, log, TimeProvider.System));
        var desk = new QueryDesk(
            [
                new CommandHandler(loop.CommandAsync),
                new CoreHandler(ViewAsync, () => executor.Status),
                new MerlinHandler(ViewClusterAsync),
                new NerdHandler(radio),
            ],
            log);
        return parts.Push(new QueryListener(self.Paths.QuerySocket, desk, log));
    }
}
