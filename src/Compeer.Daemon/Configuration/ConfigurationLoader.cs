using System.Collections.Immutable;
using System.Security.Cryptography;
using Compeer.Configuration;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;

namespace Compeer.Daemon.Configuration;

/// <summary>From a main configuration file to resolved objects: reads the files, leaves their meaning to Compeer.Configuration.</summary>
internal static class ConfigurationLoader
{
    /// <summary>Files and folders that main files may include.</summary>
    private const int MaxIncludes = 10_000;

    private static readonly Workers AllProcessors =
        new(Environment.ProcessorCount, (steps, step) => Parallel.For(0, steps, step));

    /// <summary>Reads and compiles everything; findings of all files come together in one run.</summary>
    public static LoadedConfiguration Load(string mainFile)
    {
        var disk = new ConfigurationFiles();
        var findings = new List<Diagnostic>();
        var main = ReadMain(disk, mainFile, findings);
        if (main is null)
        {
            return new LoadedConfiguration(null, null, "", [], [.. disk.Problems, .. findings]);
        }

        var files = ReadObjectFiles(disk, main);
        var resources = ReadAll(disk, main.ResourceFiles);
        var hash = "";
        CompilationResult? compiled = null;
        Parallel.Invoke(
            () => compiled = ObjectConfigurationCompiler.Compile(main, files, resources, AllProcessors),
            () => hash = HashOf(files));
        findings.AddRange(compiled!.Diagnostics);
        if (TimeZones.Find(main.TimeZone) is null)
        {
            findings.Add(new Diagnostic(
                DiagnosticSeverity.Warning, main.Positions["use_timezone"], TimeZones.Problem(main.TimeZone)));
        }

        var refused = disk.Problems.Count > 0 || findings.Exists(finding => finding.Severity == DiagnosticSeverity.Error);
        return new LoadedConfiguration(
            refused ? null : main,
            refused ? null : compiled.Configuration,
            hash,
            [.. files.Select(file => file.Path).Order(StringComparer.Ordinal)],
            [.. disk.Problems, .. findings])
        {
            Further = (
                compiled.Errors - CountOf(compiled, DiagnosticSeverity.Error),
                compiled.Warnings - CountOf(compiled, DiagnosticSeverity.Warning)),
        };
    }

    /// <summary>The object files only, for commands that ask which they are.</summary>
    public static LoadedConfiguration ListFiles(string mainFile)
    {
        var disk = new ConfigurationFiles();
        var findings = new List<Diagnostic>();
        var main = ReadMain(disk, mainFile, findings);
        IEnumerable<SourceFile> read = main is null ? [] : ReadObjectFiles(disk, main);
        ImmutableArray<string> files = [.. read.Select(file => file.Path).Order(StringComparer.Ordinal)];
        return new LoadedConfiguration(main, null, "", files, [.. disk.Problems, .. findings]);
    }

    /// <summary>The main configuration as far as it is understood, so that the objects are looked at even when it has errors;
    /// null when there is none.</summary>
    private static MainConfiguration? ReadMain(ConfigurationFiles disk, string mainFile, List<Diagnostic> findings)
    {
        if (disk.Read(mainFile) is not { } main)
        {
            return null;
        }

        var files = new List<SourceFile>();
        var folders = new List<string>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            // What cannot be read is asked for again each time; it is a finding already, and the reading ends.
            var result = MainConfigurationReader.Read(main, files, folders);
            var understood = result.Understood;
            disk.NamedAt = understood.PathPositions;
            string[] newFiles = [.. understood.IncludeFiles.Where(asked.Add)];
            string[] newFolders = [.. understood.IncludeDirectories.Where(asked.Add)];
            if (newFiles.Length + newFolders.Length == 0 || asked.Count > MaxIncludes)
            {
                findings.AddRange(result.Diagnostics);
                if (asked.Count > MaxIncludes)
                {
                    findings.Add(Error(new SourcePosition(mainFile, 0), $"more than {MaxIncludes} files and folders are included"));
                }

                return understood;
            }

            folders.AddRange(newFolders);
            files.AddRange(ReadAll(disk, newFiles.Concat(newFolders.SelectMany(folder => disk.List(folder, recursive: false)))));
        }
    }

    /// <summary>The object files of the main configuration and those that they include, each once, as they are met.</summary>
    private static List<SourceFile> ReadObjectFiles(ConfigurationFiles disk, MainConfiguration main)
    {
        var files = new List<SourceFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(main.ObjectFiles.Concat(InFolders(disk, main.ObjectDirectories)));
        while (waiting.TryDequeue(out var path))
        {
            if (!seen.Add(path) || disk.Read(path) is not { } file)
            {
                continue;
            }

            files.Add(file);
            var includes = ObjectFileIncludes.In(file);
            foreach (var included in includes.Files.Concat(InFolders(disk, includes.Directories)))
            {
                waiting.Enqueue(included);
            }
        }

        return files;
    }

    private static IEnumerable<string> InFolders(ConfigurationFiles disk, IEnumerable<string> folders) =>
        folders.SelectMany(folder => disk.List(folder, recursive: true));

    private static List<SourceFile> ReadAll(ConfigurationFiles disk, IEnumerable<string> paths) =>
        [.. paths.Select(disk.Read).OfType<SourceFile>()];

    private static Diagnostic Error(SourcePosition position, string message) =>
        new(DiagnosticSeverity.Error, position, message);

    private static int CountOf(CompilationResult result, DiagnosticSeverity severity) =>
        result.Diagnostics.Count(finding => finding.Severity == severity);

    /// <summary>SHA-1 over the contents of the object files in the order of their paths, as Merlin makes it; it tells
    /// configurations apart and protects nothing.</summary>
    private static string HashOf(List<SourceFile> files)
    {
#pragma warning disable CA5350 // Compatibility with Merlin, not security.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            hash.AppendData(file.Content.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
