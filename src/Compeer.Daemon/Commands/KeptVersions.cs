using System.Text.Json;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Links;
using Compeer.Daemon.Nodes;
using Compeer.Daemon.Platform;
using Compeer.Daemon.Versions;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Commands;

/// <summary><c>mond --kept</c> and <c>mond --difference</c>: the configurations that are kept while no daemon runs that could be
/// asked. In force counts what a start would take up, the files as they stand. One line of JSON, as the HTTP interface has it.</summary>
internal static class KeptVersions
{
    /// <summary>Lists them.</summary>
    /// <exception cref="StartupException">They cannot be read.</exception>
    public static string List(MonitorPaths paths)
    {
        var view = Open(paths);
        var listed = ConfigurationLoader.ListFiles(paths.FindMainConfiguration());
        return JsonSerializer.Serialize(
            view.List(ManifestOf(listed)?.Hash ?? ""), ApiJsonContext.Default.ImmutableArrayKeptConfiguration);
    }

    /// <summary>Shows what is different between two.</summary>
    /// <exception cref="StartupException">They cannot be read, or there are none such.</exception>
    public static string Compare(MonitorPaths paths, string fromVersion, string? toVersion)
    {
        var view = Open(paths);
        var from = view.Find(fromVersion, out var problem) ?? throw new StartupException(problem);
        var present = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        ConfigurationManifest? to;
        if (toVersion is null)
        {
            var mainFile = paths.FindMainConfiguration();
            var listed = ConfigurationLoader.ListFiles(mainFile);
            to = ManifestOf(listed) ?? throw new StartupException($"{mainFile} cannot be read; name two configurations to compare");
            foreach (var file in listed.ObjectFiles)
            {
                present[ConfigurationManifest.HashOf(file.Content.Span)] = file.Content;
            }
        }
        else
        {
            to = view.Find(toVersion, out problem) ?? throw new StartupException(problem);
        }

        var difference = view.Compare(from, to, present, out problem) ?? throw new StartupException(problem);
        return JsonSerializer.Serialize(difference, ApiJsonContext.Default.ConfigurationDifference);
    }

    private static ConfigurationManifest? ManifestOf(LoadedConfiguration listed) =>
        listed.Main is { } main ? ConfigurationManifest.Of(main, listed.ObjectFiles) : null;

    private static VersionView Open(MonitorPaths paths)
    {
        var store = new VersionStore(paths);
        try
        {
            // A folder that may not be looked into would look empty.
            _ = Directory.Exists(store.Folder) && Directory.EnumerateFileSystemEntries(store.Folder).Any();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StartupException($"{store.Folder}: {SystemError.Words(exception)}", exception);
        }

        var self = OwnId(paths);
        var nodes = new NodeFiles(paths.MerlinConfiguration, self).Read(out _) ?? NodeSet.Alone;
        return new VersionView(store, id => nodes.NameOf(id, self));
    }

    /// <summary>This node's id; none when its key may not be read: it is shown by its id then, as an unknown node is.</summary>
    private static NodeId OwnId(MonitorPaths paths)
    {
        try
        {
            var file = NodeKey.FileIn(paths);
            if (File.Exists(file))
            {
                using var key = NodeKey.LoadOrCreate(file);
                return key.Pin.Id;
            }
        }
        catch (StartupException)
        {
            // Not this user's to read.
        }

        return default;
    }
}
