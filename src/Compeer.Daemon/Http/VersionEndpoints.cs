using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Reload;
using Compeer.Daemon.Versions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Compeer.Daemon.Http;

/// <summary>The routes about the configurations that are kept.</summary>
internal sealed class VersionEndpoints(
    MonitorPaths paths, NodeId self, VersionStore store, ConfigurationReloader reloader, NodeDirectory nodes, ConfigurationUptake uptake)
{
    private readonly VersionView _view = new(store, id => nodes.Current.NameOf(id, self));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiRoutes.Configurations, GetAsync);
        routes.MapGet(ApiRoutes.ConfigurationDifference, GetDifferenceAsync);
        routes.MapPost(ApiRoutes.ConfigurationRestore, RestoreAsync);
        routes.MapGet(ApiRoutes.ConfigurationInForce, GetInForceAsync);
        routes.MapPost(ApiRoutes.ConfigurationPush, TakePushedAsync);
    }

    private Task GetAsync(HttpContext context) => ApiServer.AnswerAsync(
        context, _view.List(uptake.Current.Version.Hash), ApiJsonContext.Default.ImmutableArrayKeptConfiguration);

    private async Task GetDifferenceAsync(HttpContext context)
    {
        var from = await FindAsync(context, context.Request.Query[ApiRoutes.FromParameter]);
        if (from is null)
        {
            return;
        }

        var to = await FindAsync(
            context, context.Request.Query[ApiRoutes.ToParameter] is [{ } wanted] ? wanted : uptake.Current.Version.Hash);
        if (to is null)
        {
            return;
        }

        if (_view.Compare(from, to, ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty, out var problem) is not { } difference)
        {
            await ApiServer.RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, problem);
            return;
        }

        await ApiServer.AnswerAsync(context, difference, ApiJsonContext.Default.ConfigurationDifference);
    }

    private async Task RestoreAsync(HttpContext context)
    {
        var kept = store.Find(context.Request.Query[ApiRoutes.FromParameter].ToString(), out var problem);
        if (kept is null)
        {
            await ApiServer.RefuseAsync(context, StatusCodes.Status404NotFound, problem);
            return;
        }

        await ApiServer.AnswerAsync(
            context,
            await reloader.RestoreAsync(kept).WaitAsync(context.RequestAborted),
            ApiJsonContext.Default.ConfigurationReload);
    }

    private async Task GetInForceAsync(HttpContext context) => await ApiServer.AnswerAsync(
        context, VersionText.Of(await uptake.VersionAsync()), ApiJsonContext.Default.GivenVersion);

    private async Task TakePushedAsync(HttpContext context)
    {
        var staged = StagedConfiguration.Read(store.StagingFolder, paths.FindMainConfiguration(), store.Content, out var problem);
        if (staged is null)
        {
            await ApiServer.RefuseAsync(
                context, StatusCodes.Status422UnprocessableEntity, $"what was pushed is not a whole configuration: {problem}");
            return;
        }

        using var holding = store.Hold(staged.Manifest.Hash);
        var from = ConfigurationText.Readable(context.Request.Query[ApiRoutes.FromParameter].ToString());
        var takesUp = !context.Request.Query.ContainsKey(ApiRoutes.NoRestartParameter);
        await ApiServer.AnswerAsync(
            context,
            await reloader.TakePushedAsync(staged, $"pushed by {from}", takesUp).WaitAsync(context.RequestAborted),
            ApiJsonContext.Default.ConfigurationReload);
    }

    private async Task<ConfigurationManifest?> FindAsync(HttpContext context, string? version)
    {
        var manifest = _view.Find(version ?? "", out var problem);
        if (manifest is null)
        {
            await ApiServer.RefuseAsync(context, StatusCodes.Status404NotFound, problem);
        }

        return manifest;
    }
}
