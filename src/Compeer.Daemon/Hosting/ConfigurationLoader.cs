using System.Collections.Immutable;
using System.Security.Cryptography;
using Compeer.Cluster;
using Compeer.Objects;
using Compeer.Objects.Diagnostics;

namespace Compeer.Daemon.Hosting;

/// <summary>From a main configuration file to resolved objects: reads the files, leaves their meaning to Compeer.Objects.</summary>
internal static class ConfigurationLoader
{
    /// <summary>Rounds of main files that include main files.</summary>
    private const int MaxIncludeRounds = 64;

    /// <summary>Reads and compiles everything; findings of all files come together in one run.</summary>
    public static LoadedConfiguration Load(string mainFile)
    {
        var disk = new ConfigurationFiles();
        var findings = new List<Diagnostic>();
        MainConfiguration? main = ReadMain(disk, mainFile, findings);
        if (main is null)
        {
            return new LoadedConfiguration(null, null, new ConfigurationVersion(0, ""), [], [.. disk.Problems, .. findings]);
        }

        List<SourceFile> files = ReadAll(disk, ObjectFilesOf(disk, main));
        List<SourceFile> resources = ReadAll(disk, main.ResourceFiles);
        CompilationResult compiled = ObjectConfigurationCompiler.Compile(main, files, resources);
        findings.AddRange(compiled.Diagnostics);
        bool refused = disk.Problems.Count > 0 || findings.Exists(finding => finding.Severity == DiagnosticSeverity.Error);
        return new LoadedConfiguration(
            refused ? null : main,
            refused ? null : compiled.Configuration,
            new ConfigurationVersion(disk.NewestChange, HashOf(files)),
            [.. files.Select(file => file.Path).Order(StringComparer.Ordinal)],
            [.. disk.Problems, .. findings]);
    }

    /// <summary>The object files only, for commands that ask which they are.</summary>
    public static LoadedConfiguration ListFiles(string mainFile)
    {
        var disk = new ConfigurationFiles();
        var findings = new List<Diagnostic>();
        MainConfiguration? main = ReadMain(disk, mainFile, findings);
        ImmutableArray<string> files = main is null ? [] : [.. ObjectFilesOf(disk, main).Order(StringComparer.Ordinal)];
        return new LoadedConfiguration(main, null, new ConfigurationVersion(0, ""), files, [.. disk.Problems, .. findings]);
    }

    private static MainConfiguration? ReadMain(ConfigurationFiles disk, string mainFile, List<Diagnostic> findings)
    {
        if (disk.Read(mainFile) is not { } main)
        {
            return null;
        }

        var included = new List<SourceFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { mainFile };
        for (int round = 0; ; round++)
        {
            MainConfigurationResult result = MainConfigurationReader.Read(main, included);
            List<string> missing = result.Configuration is null || round == MaxIncludeRounds
                ? []
                : [.. IncludesOf(disk, result.Configuration).Where(seen.Add)];
            if (missing.Count == 0)
            {
                findings.AddRange(result.Diagnostics);
                return result.Configuration;
            }

            included.AddRange(ReadAll(disk, missing));
        }
    }

    private static IEnumerable<string> IncludesOf(ConfigurationFiles disk, MainConfiguration main) =>
        main.IncludeFiles.Concat(main.IncludeDirectories.SelectMany(folder => disk.List(folder, recursive: false)));

    private static List<string> ObjectFilesOf(ConfigurationFiles disk, MainConfiguration main) =>
        [.. main.ObjectFiles.Concat(main.ObjectDirectories.SelectMany(folder => disk.List(folder, recursive: true))).Distinct()];

    private static List<SourceFile> ReadAll(ConfigurationFiles disk, IEnumerable<string> paths) =>
        [.. paths.Select(disk.Read).OfType<SourceFile>()];

    /// <summary>SHA-1 over the contents of the object files in the order of their paths, as Merlin makes it; it tells
    /// configurations apart and protects nothing.</summary>
    private static string HashOf(List<SourceFile> files)
    {
#pragma warning disable CA5350 // Compatibility with Merlin, not security.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        foreach (SourceFile file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            hash.AppendData(file.Content.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
