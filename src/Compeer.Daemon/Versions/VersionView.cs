using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;

namespace Compeer.Daemon.Versions;

/// <summary>The configurations that are kept, as people see them, whether the daemon runs or not.</summary>
/// <param name="store">They.</param>
/// <param name="nameOf">What the node with an id is called.</param>
internal sealed class VersionView(VersionStore store, Func<NodeId, string> nameOf)
{
    /// <summary>The most text that a difference shows, bytes.</summary>
    private const long MaxShownBytes = 64L << 20;

    private const string VariablesName = "variables of the main configuration";

    /// <summary>All of them, the newest first.</summary>
    /// <param name="inForce">The hash of the one that is in force.</param>
    public ImmutableArray<KeptConfiguration> List(string inForce) =>
    [
        .. store.List().Select(version => new KeptConfiguration(
            version.Number,
            version.Hash,
            version.Origin == default ? "" : nameOf(version.Origin),
            version.Before,
            version.KeptAt,
            version.Came,
            version.Hosts,
            version.Services,
            InForce: version.Hash == inForce)),
    ];

    /// <summary>The manifest of the one with a number, or with a hash that begins so; null, with the reason, when there is none.</summary>
    public ConfigurationManifest? Find(string version, out string problem)
    {
        var kept = store.Find(version, out problem);
        var manifest = kept is null ? null : store.ManifestOf(kept.Hash);
        if (kept is not null && manifest is null)
        {
            problem = $"configuration {kept.Hash[..12]} is not kept here as a whole any more";
        }

        return manifest;
    }

    /// <summary>What is different; null, with the reason, when it is too much to show.</summary>
    /// <param name="from">The one.</param>
    /// <param name="to">The other.</param>
    /// <param name="present">Files that need not be kept, by the hash of their content: those that are in their place.</param>
    /// <param name="problem">The reason.</param>
    public ConfigurationDifference? Compare(
        ConfigurationManifest from,
        ConfigurationManifest to,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> present,
        out string problem)
    {
        var names = from.Files.Concat(to.Files).Select(file => file.Name).Distinct().Order(StringComparer.Ordinal)
            .Select(name => (Name: name, From: Find(from, name), To: Find(to, name)))
            .Where(file => file.From?.Hash != file.To?.Hash)
            .ToList();
        var bytes = names.Sum(file => (file.From?.Bytes ?? 0) + (file.To?.Bytes ?? 0));
        problem = bytes > MaxShownBytes
            ? $"{names.Count} files with {bytes} bytes are different; at most {MaxShownBytes} bytes are shown"
            : "";
        if (problem.Length > 0)
        {
            return null;
        }

        var files = names.Select(file => new ChangedFile(Shown(file.Name), TextOf(file.From, present), TextOf(file.To, present)));
        var variables = new ChangedFile(VariablesName, VariablesOf(from), VariablesOf(to));
        return new ConfigurationDifference(
            from.Hash, to.Hash, [.. files.Prepend(variables).Where(file => file.From != file.To)]);
    }

    private string? TextOf(ManifestFile? file, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> present) => file is not { } known ? null
        : present.TryGetValue(known.Hash, out var here) ? Shown(ConfigurationText.Decode(here.Span))
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
