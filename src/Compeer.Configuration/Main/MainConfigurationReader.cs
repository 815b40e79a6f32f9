using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Main;

/// <summary>
/// Reads the main configuration (naemon.cfg, nagios.cfg). Pure: it names the files it includes and the caller reads them,
/// until nothing is left to include:
/// <code>
/// var files = new List&lt;SourceFile&gt;();
/// var folders = new List&lt;string&gt;();
/// MainConfigurationResult result = MainConfigurationReader.Read(main);
/// while (result.Configuration is { } c &amp;&amp; c.IncludeFiles.Length + c.IncludeDirectories.Length > 0)
/// {
///     files.AddRange(c.IncludeFiles.Select(ReadFile));
///     foreach (string folder in c.IncludeDirectories)
///     {
///         folders.Add(folder);
///         files.AddRange(FilesEndingInCfg(folder).Select(ReadFile));   // sorted by name
///     }
///
///     result = MainConfigurationReader.Read(main, files, folders);
/// }
/// </code>
/// </summary>
public static class MainConfigurationReader
{
    /// <summary>Files that include each other deeper than this are refused.</summary>
    public const int DeepestInclude = 32;

    /// <summary>Reads the main file alone.</summary>
    public static MainConfigurationResult Read(SourceFile main) => Read(main, [], []);

    /// <summary>Reads the main file with the files included so far; for configurations without <c>include_dir</c>.</summary>
    public static MainConfigurationResult Read(SourceFile main, IReadOnlyList<SourceFile> includedSoFar) =>
        Read(main, includedSoFar, []);

    /// <summary>Reads the main file with what it includes, as far as it was read.</summary>
    /// <param name="main">The main file.</param>
    /// <param name="includedFiles">Files read so far, those of included folders too, under the names asked for.</param>
    /// <param name="includedDirectories">Folders read so far, under the names asked for.</param>
    /// <returns>The configuration, which names what is still to be included; null with the errors.</returns>
    public static MainConfigurationResult Read(
        SourceFile main, IReadOnlyList<SourceFile> includedFiles, IReadOnlyList<string> includedDirectories)
    {
        var diagnostics = new DiagnosticCollector();
        var run = new Run(main, includedFiles, includedDirectories, diagnostics);
        run.Process(main, []);
        var configuration = run.Create();
        var findings =
            diagnostics.ToImmutable([main.Path, .. includedFiles.Select(f => f.Path)]);
        return new MainConfigurationResult(diagnostics.HasErrors ? null : configuration, configuration, findings);
    }

    private sealed class Run
    {
        private readonly SourceFile _main;
        private readonly IReadOnlyList<SourceFile> _files;
        private readonly IReadOnlyList<string> _directories;
        private readonly DiagnosticCollector _diagnostics;
        private readonly MainSettings _settings;
        private readonly HashSet<(string, string)> _included = [];
        private readonly List<string> _filesToInclude = [];
        private readonly List<string> _directoriesToInclude = [];
        private string _folder;

        public Run(
            SourceFile main,
            IReadOnlyList<SourceFile> files,
            IReadOnlyList<string> directories,
            DiagnosticCollector diagnostics)
        {
            _main = main;
            _files = files;
            _directories = directories;
            _diagnostics = diagnostics;
            _settings = new MainSettings(diagnostics);
            _folder = ConfigurationPath.FolderOf(main.Path);
        }

        public void Process(SourceFile file, ImmutableArray<string> includers)
        {
            var chain = includers.Add(file.Path);
            var lines = new LineReader(ByteCheck.TextOf(file, _diagnostics) is { } text ? text.Content.Span : [], semicolonComments: false);
            while (lines.Read())
            {
                var position = new SourcePosition(file.Path, lines.Line);
                var equals = lines.Text.IndexOf((byte)'=');
                var name = ConfigurationText.Decode(LineReader.Trim(equals < 0 ? lines.Text : lines.Text[..equals]));
                var variable = MainVariables.Find(name);
                if (variable is null && equals > 0 && name[0] == 'x')
                {
                    // Naemon passes over those of external data, as old configurations have them: "xsddefault_status_log".
                    _diagnostics.Warning(position, $"{name} has no effect");
                    continue;
                }

                if (variable is null || equals < 0)
                {
                    ReportLine(position, lines.Text, name, variable);
                    continue;
                }

                var value = ConfigurationText.Decode(LineReader.Trim(lines.Text[(equals + 1)..]));
                if (variable.Kind == MainVariableKind.Path && value.Length > 0)
                {
                    value = ConfigurationPath.Absolute(_folder, value);
                }

                _settings.Set(position, variable, value);
                Follow(position, variable.Name, value, chain);
            }
        }

        public MainConfiguration Create() => MainConfigurationFactory.Create(
            _main.Path, _settings, [.. _filesToInclude], [.. _directoriesToInclude]);

        private void ReportLine(SourcePosition position, ReadOnlySpan<byte> text, string name, MainVariable? variable)
        {
            var isAssignment = variable is null && text.Contains((byte)'=');
            _diagnostics.Error(position, text switch
            {
                [(byte)';', ..] =>
                    $"'{ShownText.Of(text)}' is no comment here; in the main configuration a comment begins with '#'",
                _ when isAssignment =>
                    $"'{name}' is not a variable of the main configuration{_diagnostics.Suggest(name, MainVariables.Names)}",
                _ => $"expected VARIABLE=VALUE, found '{ShownText.Of(text)}'",
            });
        }

        private void Follow(SourcePosition position, string variable, string value, ImmutableArray<string> chain)
        {
            switch (variable)
            {
                case "config_rel_path" when value.Length > 0:
                    _folder = value;
                    break;
                case "include_file" or "include_dir" when value.Length > 0 && !_included.Add((variable, value)):
                    // As in Naemon; it also keeps files that include each other twice from doubling at each level.
                    _diagnostics.Error(position, $"{variable}: '{value}' is included a second time");
                    break;
                case "include_file" when value.Length > 0:
                    IncludeFile(position, value, chain);
                    break;
                case "include_dir" when value.Length > 0 && _directories.Contains(value):
                    foreach (var file in _files.Where(f => ConfigurationPath.FolderOf(f.Path) == value))
                    {
                        Include(position, file, chain);
                    }

                    break;
                case "include_dir" when value.Length > 0 && !_directoriesToInclude.Contains(value):
                    _directoriesToInclude.Add(value);
                    break;
            }
        }

        private void IncludeFile(SourcePosition position, string path, ImmutableArray<string> chain)
        {
            if (_files.FirstOrDefault(f => f.Path == path) is { } file)
            {
                Include(position, file, chain);
            }
            else if (path == _main.Path)
            {
                Include(position, _main, chain);
            }
            else if (!_filesToInclude.Contains(path))
            {
                _filesToInclude.Add(path);
            }
        }

        private void Include(SourcePosition position, SourceFile file, ImmutableArray<string> chain)
        {
            if (chain.Contains(file.Path))
            {
                _diagnostics.Error(position, $"files include each other in a circle: {string.Join(" → ", chain.Add(file.Path))}");
            }
            else if (chain.Length >= DeepestInclude)
            {
                _diagnostics.Error(position, $"files include each other more than {DeepestInclude} deep");
            }
            else
            {
                Process(file, chain);
            }
        }
    }
}
