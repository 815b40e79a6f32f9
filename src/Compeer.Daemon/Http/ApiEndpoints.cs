using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Compeer.Api;
using Compeer.Cluster;
using Compeer.Configuration.Diagnostics;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Execution;
using Compeer.Daemon.Links;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Passive;
using Compeer.Daemon.Platform;
using Compeer.Daemon.Reload;
using Compeer.Daemon.StatusFiles;
using Compeer.Daemon.Storage;
using Compeer.Daemon.Synchronisation;
using Compeer.Daemon.Testing;
using Compeer.Engine.Import;
using Compeer.Engine.Snapshot;
using Compeer.Peer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Compeer.Daemon.Http;

/// <summary>The routes of the HTTP interface. Each takes its views from the loop and makes its answer outside of it.</summary>
internal sealed class ApiEndpoints(
    DaemonIdentity self,
    DaemonLoop loop,
    NodeDirectory nodes,
    ConfigurationReloader reloader,
    CheckExecutor executor,
    LinkHub links,
    MonitoringLog log,
    VersionEndpoints versions,
    FileSynchroniser synchroniser,
    ValueKeeper? keeper,
    PassiveWays passive,
    CheckTestDesk tests)
{
    private readonly NodesView _nodesView = new(self);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiRoutes.Status, GetStatusAsync);
        routes.MapGet(ApiRoutes.Nodes, GetNodesAsync);
        routes.MapPost(ApiRoutes.NodesReload, ReloadNodesAsync);
        routes.MapPost(ApiRoutes.Reload, ReloadAsync);
        routes.MapGet(ApiRoutes.Hosts, GetHostsAsync);
        routes.MapGet(ApiRoutes.Services, GetServicesAsync);
        routes.MapGet(ApiRoutes.Checks, GetCheckFiguresAsync);
        routes.MapGet(ApiRoutes.Metrics, GetMetricsAsync);
        routes.MapPost(ApiRoutes.RetentionImport, ImportAsync);
        routes.MapPost(ApiRoutes.CheckTest, TestAsync);
        versions.Map(routes);
    }

    private async Task GetStatusAsync(HttpContext context)
    {
        (var engine, var cluster, var refused, var figures) = await loop.ViewAsync(
            (peer, now) => (peer.EngineSnapshot(now), peer.ClusterSnapshot(), peer.Refused, StorageFigures.Of(peer, now)),
            context.RequestAborted);
        await ApiServer.AnswerAsync(
            context,
            DaemonStatusView.Make(self, engine, cluster, refused, executor, log, loop, StorageView.Make(figures, keeper), passive.Status),
            ApiJsonContext.Default.DaemonStatus);
    }

    private async Task GetNodesAsync(HttpContext context)
    {
        (var engine, var cluster, var figures) = await loop.ViewAsync(
            (peer, now) => (peer.EngineSnapshot(now), peer.ClusterSnapshot(), StorageFigures.Of(peer, now)), context.RequestAborted);
        var status = _nodesView.Make(nodes.Current, nodes.Findings, reloader.NotTakenUp, engine, cluster) with
        {
            Storage = StorageView.Make(figures, keeper),
        };
        await ApiServer.AnswerAsync(
            context, SynchronisationView.With(status, nodes.Current, synchroniser.Status), ApiJsonContext.Default.NodesStatus);
    }

    private async Task ReloadNodesAsync(HttpContext context)
    {
        var applied = nodes.Reload(out var findings);
        var objects = await loop.ViewAsync((peer, _) => peer.Configuration.Objects, context.RequestAborted);
        var unfit = PollerChecks.Of(self.Paths.MerlinConfiguration, nodes.Current.Configuration.Nodes, objects);
        await ApiServer.AnswerAsync(
            context, new NodesReload(applied, [.. findings.Concat(unfit).Select(DiagnosticOf)]), ApiJsonContext.Default.NodesReload);
    }

    private async Task ReloadAsync(HttpContext context) => await ApiServer.AnswerAsync(
        context,
        await reloader.ReloadAsync(context.Request.Query.ContainsKey(ApiRoutes.ConfirmedParameter)).WaitAsync(context.RequestAborted),
        ApiJsonContext.Default.ConfigurationReload);

    private async Task ImportAsync(HttpContext context)
    {
        // It is as large as the site; what is read of it is taken and let go.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var import = new RetentionImport { IsDryRun = context.Request.Query.ContainsKey(ApiRoutes.DryRunParameter) };
        var problem = await RetainedFile.ReadAsync(
            context.Request.Body,
            (blocks, isLast) => loop.TakeAsync(new PeerInput.Import(import, blocks, isLast), context.RequestAborted),
            context.RequestAborted);
        if (problem is not null)
        {
            await ApiServer.RefuseAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        await ApiServer.AnswerAsync(context, RetentionView.Make(import), ApiJsonContext.Default.RetentionImported);
    }

    private async Task TestAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (query[ApiRoutes.HostParameter] is not [{ Length: > 0 } host])
        {
            await ApiServer.RefuseAsync(context, StatusCodes.Status400BadRequest, $"{ApiRoutes.HostParameter} is missing");
            return;
        }

        var service = query[ApiRoutes.ServiceParameter] is [{ Length: > 0 } description] ? description : null;
        var node = query[ApiRoutes.NodeParameter] is [{ Length: > 0 } name] ? name : null;
        (var where, var answer) = await tests.TestAsync(host, service, node, context.RequestAborted);
        await ApiServer.AnswerAsync(context, CheckTestView.Make(where, answer), ApiJsonContext.Default.CheckTestResult);
    }

    private Task GetHostsAsync(HttpContext context) =>
        GetCheckablesAsync(context, CheckableView.HostStates, CheckableView.Hosts);

    private Task GetServicesAsync(HttpContext context) =>
        GetCheckablesAsync(context, CheckableView.ServiceStates, CheckableView.Services);

    private async Task GetCheckFiguresAsync(HttpContext context)
    {
        TimeSpan? age = null;
        if (context.Request.Query[ApiRoutes.OverdueParameter] is [{ } text])
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                await ApiServer.RefuseAsync(
                    context, StatusCodes.Status400BadRequest, $"{ApiRoutes.OverdueParameter}: '{text}' is no number of seconds");
                return;
            }

            age = TimeSpan.FromSeconds(seconds);
        }

        (var engine, var cluster) = await ViewAsync(context);
        await ApiServer.AnswerAsync(
            context,
            CheckFiguresView.Make(age, nodes.Current, engine, cluster, CheckFigures.MaxOverdue),
            ApiJsonContext.Default.CheckFigures);
    }

    private async Task GetMetricsAsync(HttpContext context)
    {
        (var engine, var cluster, var refused, var figures) = await loop.ViewAsync(
            (peer, now) => (peer.EngineSnapshot(now), peer.ClusterSnapshot(), peer.Refused, StorageFigures.Of(peer, now)),
            context.RequestAborted);
        var storage = new StringBuilder();
        StorageView.Add(storage, engine, figures, keeper);
        context.Response.ContentType = MetricsText.ContentType;
        await context.Response.WriteAsync(
            MetricsText.Make(self, engine, cluster, refused, executor, log, loop, links, passive) + storage, context.RequestAborted);
    }

    private async Task GetCheckablesAsync(
        HttpContext context,
        IReadOnlyList<string> states,
        Func<CheckableFilter, NodeSet, EngineSnapshot, ClusterSnapshot, IEnumerable<CheckableStatus>> select)
    {
        var filter = CheckableFilter.Parse(context.Request.Query, states, out var problem);
        if (filter is null)
        {
            await ApiServer.RefuseAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        (var engine, var cluster) = await ViewAsync(context);
        if (filter.Host is not null && !CheckableView.HasHost(engine, filter.Host))
        {
            await ApiServer.RefuseAsync(context, StatusCodes.Status404NotFound, $"there is no host '{filter.Host}'");
            return;
        }

        ImmutableArray<CheckableStatus> answer = [.. select(filter, nodes.Current, engine, cluster).Take(filter.Limit)];
        await ApiServer.AnswerAsync(context, answer, ApiJsonContext.Default.ImmutableArrayCheckableStatus);
    }

    private Task<(EngineSnapshot Engine, ClusterSnapshot Cluster)> ViewAsync(HttpContext context) =>
        loop.ViewAsync((peer, now) => (peer.EngineSnapshot(now), peer.ClusterSnapshot()), context.RequestAborted);

    private static ApiDiagnostic DiagnosticOf(Diagnostic finding) => new(
        finding.Severity == DiagnosticSeverity.Error ? "error" : "warning",
        finding.Position.File,
        finding.Position.Line,
        finding.Message);
}
