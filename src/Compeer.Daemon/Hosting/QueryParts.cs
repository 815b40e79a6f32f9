using System.Collections.Immutable;
using Compeer.Daemon.Execution;
using Compeer.Daemon.Http;
using Compeer.Daemon.Links;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Platform;
using Compeer.Daemon.QueryHandler;
using Compeer.Daemon.Reload;
using Compeer.Daemon.Testing;
using Compeer.Daemon.Versions;
using Compeer.Engine.Snapshot;

namespace Compeer.Daemon.Hosting;

/// <summary>Makes the query handler of a daemon.</summary>
internal static class QueryParts
{
    /// <summary>Expired checks that are named at most.</summary>
    private const int MostExpired = 100_000;

    /// <summary>Makes it; it listens when it is told where.</summary>
    public static QueryListener Make(
        PartStack parts,
        DaemonIdentity self,
        DaemonLoop loop,
        NodeDirectory nodes,
        ConfigurationReloader reloader,
        CheckExecutor executor,
        LinkHub links,
        VersionStore store,
        TimeSpan dataTimeout,
        CheckTestDesk tests,
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
            var status = view.Make(current, nodes.Findings, reloader.NotTakenUp, engine, cluster);
            return new ClusterMoment(
                current, status, CheckFiguresView.Make(age: null, current, engine, cluster, MostExpired).Overdue, dataTimeout)
            {
                Traffic = TrafficOf(current, links),
                ConfigurationChangedAt = store.List().FirstOrDefault(kept => kept.Hash == status.Nodes[0].ConfigurationHash)?.KeptAt,
            };
        }

        var radio = parts.Push(new ResultRadio(ViewAsync, log, TimeProvider.System));
        var desk = new QueryDesk(
            [
                new CommandHandler(loop.CommandAsync),
                new CoreHandler(ViewAsync, () => executor.Status),
                new MerlinHandler(ViewClusterAsync, tests.TestAsync),
                new NerdHandler(radio),
            ],
            log);
        return parts.Push(new QueryListener(self.Paths.QuerySocket, desk, log));
    }

    private static ImmutableDictionary<string, NodeTraffic> TrafficOf(NodeSet nodes, LinkHub links)
    {
        var all = ImmutableDictionary.CreateBuilder<string, NodeTraffic>();
        foreach (var node in nodes.Nodes)
        {
            if (node.Pin is { } pin && links.TrafficWith(pin.Id) is var (sent, received))
            {
                all[node.Definition.Name] = new NodeTraffic(sent.Frames, received.Frames, sent.Bytes, received.Bytes);
            }
        }

        return all.ToImmutable();
    }
}
