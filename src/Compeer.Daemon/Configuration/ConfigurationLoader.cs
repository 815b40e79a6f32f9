using Compeer.Configuration;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;

namespace Compeer.Daemon.Configuration;

/// <summary>From a main configuration file to resolved objects: reads the files, leaves their meaning to Compeer.Configuration.</summary>
internal static class ConfigurationLoader
{
    /// <summary>Files and folders that main files may include.</summary>
    private const int MaxIncludes = 10_000;

    /// <summary>The processors of this machine, on the thread pool.</summary>
    internal static readonly Workers AllProcessors =
        new(Environment.ProcessorCount, (steps, step) => Parallel.For(0, steps, step));

    /// <summary>Reads and compiles everything; findings of all files come together in one run.</summary>
    /// <param name="mainFile">The main configuration.</param>
    /// <param name="onMain">Told of the main configuration, as far as it is understood, before the objects are read.</param>
    public static LoadedConfiguration Load(string mainFile, Action<MainConfiguration>? onMain = null)
    {
        var disk = new ConfigurationFiles();
        return Load(disk, disk, mainFile, disk.Read(mainFile), onMain);
    }

    /// <summary>The same for a configuration that is not in its place yet.</summary>
    /// <param name="mainFile">Where its main configuration will be.</param>
    /// <param name="main">What will be there.</param>
    /// <param name="manifest">Its object files.</param>
    /// <param name="contentOf">The bytes with a hash; null when they are not here.</param>
    public static LoadedConfiguration LoadStaged(
        string mainFile,
        ReadOnlyMemory<byte> main,
        ConfigurationManifest manifest,
        Func<string, ReadOnlyMemory<byte>?> contentOf)
    {
        var disk = new ConfigurationFiles();
        var staged = new StagedFiles(disk, Path.GetDirectoryName(mainFile)!, manifest, contentOf);
        return Load(disk, staged, mainFile, new SourceFile(mainFile, main));
    }

    /// <summary>The main configuration alone, as text and as far as it is understood; null when it cannot be read.</summary>
    public static (SourceFile Text, MainConfiguration Configuration)? ReadMain(string mainFile)
    {
        var disk = new ConfigurationFiles();
        return disk.Read(mainFile) is { } text && ReadMain(disk, mainFile, text, []) is { } main ? (text, main) : null;
    }

    private static LoadedConfiguration Load(
        ConfigurationFiles disk,
        IConfigurationFiles objectFiles,
        string mainFile,
        SourceFile? mainText,
        Action<MainConfiguration>? onMain = null)
    {
        var findings = new List<Diagnostic>();
        var main = ReadMain(disk, mainFile, mainText, findings);
        if (main is null)
        {
            return new LoadedConfiguration(null, null, [], [.. disk.Problems, .. findings]);
        }

        onMain?.Invoke(main);
        var files = ReadObjectFiles(objectFiles, main);
        var resources = ReadAll(disk, main.ResourceFiles);
        ConfigurationManifest? manifest = null;
        CompilationResult? compiled = null;
        Parallel.Invoke(
            () => compiled = ObjectConfigurationCompiler.Compile(main, files, resources, AllProcessors),
            () => manifest = ConfigurationManifest.Of(main, files));
        findings.AddRange(compiled!.Diagnostics);
        if (TimeZones.Find(main.TimeZone) is null)
        {
            findings.Add(new Diagnostic(
                DiagnosticSeverity.Warning, main.TimeZonePosition ?? new SourcePosition(main.Path, 0), TimeZones.Problem(main.TimeZone)));
        }

        var refused = disk.Problems.Count > 0 || findings.Exists(finding => finding.Severity == DiagnosticSeverity.Error);
        return new LoadedConfiguration(
            refused ? null : main,
            refused ? null : compiled.Configuration,
            [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)],
            [.. disk.Problems, .. findings])
        {
            Manifest = manifest,
            Folder = Path.GetDirectoryName(mainFile) ?? "",
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
        var main = ReadMain(disk, mainFile, disk.Read(mainFile), findings);
        IEnumerable<SourceFile> read = main is null ? [] : ReadObjectFiles(disk, main);
        return new LoadedConfiguration(
            main, null, [.. read.OrderBy(file => file.Path, StringComparer.Ordinal)], [.. disk.Problems, .. findings]);
    }

    /// <summary>The main configuration as far as it is understood, so that the objects are looked at even when it has errors;
    /// null when there is none.</summary>
    private static MainConfiguration? ReadMain(
        ConfigurationFiles disk, string mainFile, SourceFile? main, List<Diagnostic> findings)
    {
        if (main is null)
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
    private static List<SourceFile> ReadObjectFiles(IConfigurationFiles disk, MainConfiguration main)
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

    private static IEnumerable<string> InFolders(IConfigurationFiles disk, IEnumerable<string> folders) =>
        folders.SelectMany(folder => disk.List(folder, recursive: true));

    private static List<SourceFile> ReadAll(ConfigurationFiles disk, IEnumerable<string> paths) =>
        [.. paths.Select(disk.Read).OfType<SourceFile>()];

    private static Diagnostic Error(SourcePosition position, string message) =>
        new(DiagnosticSeverity.Error, position, message);

    private static int CountOf(CompilationResult result, DiagnosticSeverity severity) =>
        result.Diagnostics.Count(finding => finding.Severity == severity);
}
