using System.Globalization;
using System.Text.Json;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;

namespace Compeer.Daemon.Versions;

/// <summary>
/// The configurations that this node had or was given, to look at, to give to other nodes and to bring back: for each of them
/// what is known of it, its manifest, and its files. Bounded by number and size; the one in force is never dropped. Any thread
/// may call it.
/// </summary>
internal sealed class VersionStore
{
    /// <summary>The most configurations that are kept.</summary>
    public const int MaxVersions = 50;

    /// <summary>The most that the files of all kept configurations may take together, bytes, beside those of the newest two.</summary>
    public const long MaxBytes = 512L << 20;

    private const string Extension = ".json";
    private const string UnfinishedSuffix = ".new";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder;
    private readonly Lock _lock = new();
    private readonly List<string> _held = [];

    /// <param name="paths">Where everything is.</param>
    public VersionStore(MonitorPaths paths)
    {
        var root = paths.VariableFolder + "/configuration";
        Folder = root;
        _folder = root + "/versions";
        Content = new ContentStore(root + "/content");
        JournalFile = root + "/installing.json";
        StagingFolder = root + "/staged";
        Pushed = new PushedVersion(root + "/pushed.json");
    }

    /// <summary>The hash of the configuration in force, which is never dropped; empty before it is known.</summary>
    public string InForce { get; set; } = "";

    /// <summary>Where what another node pushes is gathered.</summary>
    public string StagingFolder { get; }

    /// <summary>What was pushed last.</summary>
    public PushedVersion Pushed { get; }

    /// <summary>Where everything is kept.</summary>
    public string Folder { get; }

    /// <summary>Manifests and files.</summary>
    public ContentStore Content { get; }

    /// <summary>Where an installation that is under way is noted.</summary>
    public string JournalFile { get; }

    /// <summary>Nothing of a configuration is dropped until what this gives is disposed: it is being fetched, or put in place.</summary>
    public IDisposable Hold(string hash)
    {
        lock (_lock)
        {
            _held.Add(hash);
        }

        return new Holding(this, hash);
    }

    /// <summary>All that are kept, the newest first.</summary>
    public IReadOnlyList<StoredVersion> List()
    {
        lock (_lock)
        {
            return ListUnlocked();
        }
    }

    /// <summary>The one with a number, or with a hash that begins so; null, with the reason, when there is none or more than one.</summary>
    public StoredVersion? Find(string version, out string problem)
    {
        var isNumber = long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var byNumber = List().Where(kept => isNumber && number > 0 && kept.Number == number).ToList();
        var found = byNumber.Count > 0 ? byNumber
            : [.. List().Where(kept => version.Length >= 4 && kept.Hash.StartsWith(version, StringComparison.Ordinal))];
        problem = found.Count switch
        {
            0 => $"there is no configuration '{version}'; 'mon oconf versions' lists those that are kept",
            1 => "",
            _ => $"'{version}' may be any of {string.Join(", ", found.Select(kept => $"{kept.Number} ({kept.Hash[..12]})"))}; "
                + "give the hash",
        };
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>The manifest of a kept configuration; null when it is not here, or broken.</summary>
    public ConfigurationManifest? ManifestOf(string hash) =>
        Content.Read(hash) is { } bytes ? ConfigurationManifest.Decode(bytes.Span).Manifest : null;

    /// <summary>Keeps a configuration; one that is kept already gets what is known of it now.</summary>
    /// <param name="version">What is known of it.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="root">The folder of its main configuration.</param>
    /// <param name="files">Its files; empty when their content is kept already.</param>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Keep(StoredVersion version, ConfigurationManifest manifest, string root, IEnumerable<SourceFile> files)
    {
        var hashes = manifest.Files.ToDictionary(
            file => file.IsOutside ? file.Name : $"{root}/{file.Name}", file => file.Hash, StringComparer.Ordinal);
        lock (_lock)
        {
            foreach (var file in files)
            {
                Content.Write(hashes[file.Path], file.Content.Span);
            }

            Content.Write(manifest.Hash, manifest.Encode());
            Write(version);
            Content.Sync();
            Prune(version.Hash);
        }
    }

    /// <summary>A kept configuration has this number from now on.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Number(ConfigurationVersion version)
    {
        lock (_lock)
        {
            if (Read(FileOf(version.Hash)) is { } kept && (kept.Number != version.Number || kept.Origin != version.Origin))
            {
                Write(kept with { Number = version.Number, Origin = version.Origin });
            }
        }
    }

    private List<StoredVersion> ListUnlocked() => !Directory.Exists(_folder) ? [] :
    [
        .. Directory.EnumerateFiles(_folder, "*" + Extension).Select(Read).OfType<StoredVersion>()
            .OrderByDescending(version => version.KeptAt).ThenBy(version => version.Hash, StringComparer.Ordinal),
    ];

    /// <summary>Drops the oldest beyond the limits, and every file that no other configuration has.</summary>
    private void Prune(string latest)
    {
        var needed = new HashSet<string>(_held, StringComparer.Ordinal);
        needed.UnionWith(_held.SelectMany(hash => ManifestOf(hash)?.Files ?? []).Select(file => file.Hash));
        var bytes = 0L;
        var kept = 0;
        foreach (var version in ListUnlocked().OrderByDescending(version => version.Hash == InForce || version.Hash == latest))
        {
            var manifest = ManifestOf(version.Hash);
            var files = manifest?.Files.Where(file => !needed.Contains(file.Hash)).ToList() ?? [];
            var more = files.Sum(file => file.Bytes);
            if (manifest is null || kept >= MaxVersions || (kept >= 2 && bytes + more > MaxBytes))
            {
                File.Delete(FileOf(version.Hash));
                continue;
            }

            needed.Add(version.Hash);
            needed.UnionWith(files.Select(file => file.Hash));
            bytes += kept >= 2 ? more : 0;
            kept++;
        }

        Content.KeepOnly(needed);
    }

    private void Write(StoredVersion version)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder)!, OwnerOnly);
        Directory.CreateDirectory(_folder, OwnerOnly);
        var path = FileOf(version.Hash);
        var unfinished = path + UnfinishedSuffix;
        File.WriteAllBytes(
            unfinished,
            JsonSerializer.SerializeToUtf8Bytes(StoredVersionFile.Of(version), VersionJsonContext.Default.StoredVersionFile));
        File.Move(unfinished, path, overwrite: true);
    }

    private static StoredVersion? Read(string path)
    {
        try
        {
            var version = JsonSerializer.Deserialize(File.ReadAllBytes(path), VersionJsonContext.Default.StoredVersionFile)?.ToVersion();
            return version is not null && ConfigurationManifest.IsHash(version.Hash) ? version : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    private string FileOf(string hash) => Path.Combine(_folder, hash + Extension);

    private void Release(string hash)
    {
        lock (_lock)
        {
            _held.Remove(hash);
        }
    }

    private sealed class Holding(VersionStore store, string hash) : IDisposable
    {
        private bool _isReleased;

        public void Dispose()
        {
            if (!_isReleased)
            {
                _isReleased = true;
                store.Release(hash);
            }
        }
    }
}
