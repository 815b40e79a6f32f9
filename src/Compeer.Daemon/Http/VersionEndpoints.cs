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
    /// <summary>The most text that a difference shows, bytes.</summary>
    private const long MaxShownBytes = 64L << 20;

    private const string VariablesName = "variables of the main configuration";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ApiRoutes.Configurations, GetAsync);
        routes.MapGet(ApiRoutes.ConfigurationDifference, GetDifferenceAsync);
        routes.MapPost(ApiRoutes.ConfigurationRestore, RestoreAsync);
        routes.MapGet(ApiRoutes.ConfigurationInForce, GetInForceAsync);
        routes.MapPost(ApiRoutes.ConfigurationPush, TakePushedAsync);
    }

    private Task GetAsync(HttpContext context)
    {
        var inForce = uptake.Current.Version.Hash;
        ImmutableArray<KeptConfiguration> answer =
        [
            .. store.List().Select(version => new KeptConfiguration(
                version.Number,
                version.Hash,
                NameOf(version),
                version.Before,
                version.KeptAt,
                version.Came,
                version.Hosts,
                version.Services,
                InForce: version.Hash == inForce)),
        ];
        return ApiServer.AnswerAsync(context, answer, ApiJsonContext.Default.ImmutableArrayKeptConfiguration);
    }

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

        var names = from.Files.Concat(to.Files).Select(file => file.Name).Distinct().Order(StringComparer.Ordinal)
            .Select(name => (Name: name, From: Find(from, name), To: Find(to, name)))
            .Where(file => file.From?.Hash != file.To?.Hash)
            .ToList();
        if (names.Sum(file => (file.From?.Bytes ?? 0) + (file.To?.Bytes ?? 0)) is > MaxShownBytes and var bytes)
        {
            await ApiServer.RefuseAsync(
                context,
                StatusCodes.Status422UnprocessableEntity,
                $"{names.Count} files with {bytes} bytes are different; at most {MaxShownBytes} bytes are shown");
            return;
        }

        var files = names.Select(file => new ChangedFile(Shown(file.Name), TextOf(file.From), TextOf(file.To)));
        var variables = new ChangedFile(VariablesName, VariablesOf(from), VariablesOf(to));
        await ApiServer.AnswerAsync(
            context,
            new ConfigurationDifference(from.Hash, to.Hash, [.. files.Prepend(variables).Where(file => file.From != file.To)]),
            ApiJsonContext.Default.ConfigurationDifference);
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
        var from = Shown(context.Request.Query[ApiRoutes.FromParameter].ToString());
        var takesUp = !context.Request.Query.ContainsKey(ApiRoutes.NoRestartParameter);
        await ApiServer.AnswerAsync(
            context,
            await reloader.TakePushedAsync(staged, $"pushed by {from}", takesUp).WaitAsync(context.RequestAborted),
            ApiJsonContext.Default.ConfigurationReload);
    }

    private async Task<ConfigurationManifest?> FindAsync(HttpContext context, string? version)
    {
        var kept = store.Find(version ?? "", out var problem);
        var manifest = kept is null ? null : store.ManifestOf(kept.Hash);
        if (manifest is null)
        {
            problem = problem.Length > 0 ? problem : $"configuration {kept!.Hash[..12]} is not kept here as a whole any more";
            await ApiServer.RefuseAsync(context, StatusCodes.Status404NotFound, problem);
        }

        return manifest;
    }

    private string NameOf(StoredVersion version) => version.Origin == default ? ""
        : version.Origin == self ? "this node"
        : nodes.Current.Nodes.FirstOrDefault(node => node.Pin?.Id == version.Origin)?.Definition.Name ?? version.Origin.ToString();

    private string? TextOf(ManifestFile? file) => file is not { } known ? null
        : store.Content.Read(known.Hash) is { } content ? Shown(ConfigurationText.Decode(content.Span))
        : "(not kept here any more)\n";

    private static ManifestFile? Find(ConfigurationManifest manifest, string name)
    {
        var found = manifest.Files.FirstOrDefault(file => file.Name == name);
        return found.Name is null ? null : found;
    }

    private static string VariablesOf(ConfigurationManifest manifest) =>
        Shown(string.Concat(manifest.Variables.Select(line => $"{line.Name}={line.Value}\n")));

    private static string Shown(string text) => ConfigurationText.Readable(text);
}
