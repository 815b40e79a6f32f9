using System.Text.Json;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Configuration;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Versions;

/// <summary>
/// A configuration in a folder of its own, on its way from one node to another: its object files by their names, its manifest, and
/// the version by which the other node knows it. What a master gives a poller is one object file and nothing else: the rest of the
/// poller's configuration is its own.
/// </summary>
/// <param name="Manifest">What it consists of; its files are kept in the store.</param>
/// <param name="Version">By which version it is known; without a number for what is taken up as a change made here.</param>
internal sealed record StagedConfiguration(ConfigurationManifest Manifest, ConfigurationVersion Version)
{
    /// <summary>The file with the manifest.</summary>
    public const string ManifestName = ".manifest";

    /// <summary>The file with the version.</summary>
    public const string VersionName = ".version";

    /// <summary>Puts a configuration into an empty folder.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Write(string folder, LoadedConfiguration loaded, ConfigurationVersion? version)
    {
        var manifest = loaded.Manifest!;
        var inside = manifest.Files.Where(file => !file.IsOutside).ToDictionary(file => $"{loaded.Folder}/{file.Name}", file => file.Name);
        foreach (var file in loaded.ObjectFiles.Where(file => inside.ContainsKey(file.Path)))
        {
            var path = $"{folder}/{inside[file.Path]}";
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Content.ToArray());
        }

        File.WriteAllBytes($"{folder}/{ManifestName}", manifest.Encode());
        File.WriteAllBytes(
            $"{folder}/{VersionName}",
            JsonSerializer.SerializeToUtf8Bytes(
                VersionText.Of(version ?? ConfigurationVersion.Unnumbered("")), ApiJsonContext.Default.GivenVersion));
    }

    /// <summary>Takes what is in a folder into the store; null, with the reason, when it is not whole.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mainFile">The main configuration of this node.</param>
    /// <param name="content">Keeps the files.</param>
    /// <param name="problem">What is wrong; empty when nothing is.</param>
    public static StagedConfiguration? Read(string folder, string mainFile, ContentStore content, out string problem)
    {
        try
        {
            return File.Exists($"{folder}/{ManifestName}")
                ? ReadWhole(folder, content, out problem)
                : ReadOfMaster(folder, mainFile, content, out problem);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = SystemError.Words(exception);
            return null;
        }
    }

    /// <summary>By which version this node takes it up.</summary>
    /// <param name="inForce">What is in force here.</param>
    public ConfigurationVersion AsTakenUpAfter(ConfigurationVersion inForce)
    {
        ArgumentNullException.ThrowIfNull(inForce);

        // Somebody decided by hand: what is newer of the same history here is overruled, by a change made here.
        return Version.Number == 0 ? ConfigurationVersion.Unnumbered(Manifest.Hash)
            : Version.History != inForce.History || Version > inForce ? Version
            : inForce.Hash == Manifest.Hash ? inForce
            : ConfigurationVersion.Unnumbered(Manifest.Hash);
    }

    private static StagedConfiguration? ReadWhole(string folder, ContentStore content, out string problem)
    {
        (var manifest, problem) = ConfigurationManifest.Decode(ReadFile(folder, ManifestName, ConfigurationManifest.MaxBytes).Span);
        if (manifest is null)
        {
            problem = $"its manifest is not understood: {problem}";
            return null;
        }

        if (manifest.Files.Sum(file => file.Bytes) is > ConfigurationFollower.MaxConfigurationBytes and var total)
        {
            problem = $"its files have {total} bytes; at most {ConfigurationFollower.MaxConfigurationBytes} are taken";
            return null;
        }

        foreach (var file in manifest.Files.Where(file => !file.IsOutside))
        {
            var bytes = ReadFile(folder, file.Name, file.Bytes);
            if (ConfigurationManifest.HashOf(bytes.Span) != file.Hash)
            {
                problem = $"'{file.Name}' is not what its manifest says";
                return null;
            }

            content.Write(file.Hash, bytes.Span);
        }

        content.Write(manifest.Hash, manifest.Encode());
        return new StagedConfiguration(manifest, VersionIn(folder, manifest.Hash));
    }

    /// <summary>Files that the other node has not taken up itself follow what it runs.</summary>
    private static ConfigurationVersion VersionIn(string folder, string hash)
    {
        var text = JsonSerializer.Deserialize(
            ReadFile(folder, VersionName, 1 << 16).Span, ApiJsonContext.Default.GivenVersion);
        var version = (text is null ? null : VersionText.Read(text)) ?? throw new IOException("its version is not understood");
        return version.Number == 0 ? ConfigurationVersion.Unnumbered(hash)
            : version.Hash == hash ? version
            : new ConfigurationVersion(Math.Min(version.Number + 1, ConfigurationVersion.MaxNumber), hash)
            {
                Origin = version.Origin,
                History = version.History,
                Ancestors = version.AncestorsOfNext(),
            };
    }

    private static StagedConfiguration? ReadOfMaster(string folder, string mainFile, ContentStore content, out string problem) =>
        OfMaster(
            ReadFile(folder, PollerMainFile.ObjectFile, ConfigurationFollower.MaxConfigurationBytes), mainFile, content, out problem);

    /// <summary>The configuration of a poller that has these objects from a master; null, with the reason, when there is none.</summary>
    /// <param name="objects">The one object file.</param>
    /// <param name="mainFile">The main configuration of this node.</param>
    /// <param name="content">Keeps the file.</param>
    /// <param name="problem">What is wrong; empty when nothing is.</param>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static StagedConfiguration? OfMaster(
        ReadOnlyMemory<byte> objects, string mainFile, ContentStore content, out string problem)
    {
        if (ConfigurationLoader.ReadMain(mainFile) is not { } main)
        {
            problem = $"'{mainFile}' cannot be read, so that nothing can be put beside it";
            return null;
        }

        var text = PollerMainFile.Fix(main.Text) ?? main.Text.Content;
        var root = Path.GetDirectoryName(mainFile)!;
        var file = new SourceFile($"{root}/{PollerMainFile.ObjectFile}", objects);
        var manifest = ConfigurationManifest.Of(MainConfigurationReader.Read(new SourceFile(mainFile, text)).Understood, [file]);
        content.Write(manifest.Files[0].Hash, objects.Span);
        content.Write(manifest.Hash, manifest.Encode());
        problem = "";
        return new StagedConfiguration(manifest, ConfigurationVersion.Unnumbered(manifest.Hash));
    }

    private static ReadOnlyMemory<byte> ReadFile(string folder, string name, long limit)
    {
        var path = $"{folder}/{name}";
        var info = new FileInfo(path);
        return FileStatus.IsSpecial(path) || info.LinkTarget is not null ? throw new IOException($"'{name}' is no file")
            : info.Length > limit ? throw new IOException($"'{name}' has {info.Length} bytes where at most {limit} were said")
            : File.ReadAllBytes(path);
    }
}
