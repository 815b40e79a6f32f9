using System.Collections.Immutable;
using System.Text;
using Compeer.Configuration.Diagnostics;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Passive;

/// <summary>
/// What a settings file of a way in says, and what is wrong with it; the form is that of <c>nsca.cfg</c>: a line each, <c>name=value</c>,
/// comments in lines of their own that begin with <c>#</c>. No finding shows a value: it may be a secret.
/// </summary>
internal sealed class SettingsFile
{
    /// <summary>Bytes that are read at most.</summary>
    public const int Largest = 256 * 1024;

    private const int WholeFile = 0;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly List<Diagnostic> _findings = [];

    private SettingsFile(string path) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its lines.</summary>
    public ImmutableArray<SettingsLine> Lines { get; private set; } = [];

    /// <summary>Whether others than its owner and group may read or change it.</summary>
    public bool IsOpenToOthers { get; private set; }

    /// <summary>Whether this user may not read it at all.</summary>
    public bool IsForbidden { get; private set; }

    /// <summary>Why it cannot be worked by, and what whoever wrote it should know.</summary>
    public IReadOnlyList<Diagnostic> Findings => _findings;

    /// <summary>Why it cannot be worked by: <c>file:line: what</c>.</summary>
    public IReadOnlyList<string> Errors => TextsOf(DiagnosticSeverity.Error);

    /// <summary>What whoever wrote it should know, likewise.</summary>
    public IReadOnlyList<string> Warnings => TextsOf(DiagnosticSeverity.Warning);

    /// <summary>Reads a file; that it cannot be is an error of it.</summary>
    public static SettingsFile Read(string path)
    {
        var file = new SettingsFile(path);
        try
        {
            if (new FileInfo(path).Length > Largest)
            {
                file.Wrong($"it has more than {Largest} bytes");
                return file;
            }

            file.IsOpenToOthers = !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;
            file.Take(File.ReadAllText(path, Encoding.Latin1));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            file.IsForbidden = fault is UnauthorizedAccessException;
            file.Wrong(SystemError.Words(fault));
        }

        return file;
    }

    /// <summary>One with this text.</summary>
    public static SettingsFile Of(string path, string text)
    {
        var file = new SettingsFile(path);
        file.Take(text);
        return file;
    }

    /// <summary>A line is wrong.</summary>
    public void Wrong(in SettingsLine line, string problem) => Add(DiagnosticSeverity.Error, line.Number, $"{line.Name}: {problem}");

    /// <summary>The file as a whole is.</summary>
    public void Wrong(string problem) => Add(DiagnosticSeverity.Error, WholeFile, problem);

    /// <summary>Something should be known.</summary>
    public void Warn(string text) => Add(DiagnosticSeverity.Warning, WholeFile, text);

    /// <summary>A whole number of a line within a range; null, with an error, when it is none.</summary>
    public int? Number(in SettingsLine line, int least, int most)
    {
        if (int.TryParse(line.Value, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Wrong(line, $"it must be a number from {least} to {most}");
        return null;
    }

    private void Add(DiagnosticSeverity severity, int line, string message) =>
        _findings.Add(new Diagnostic(severity, new SourcePosition(Path, line), message));

    private IReadOnlyList<string> TextsOf(DiagnosticSeverity severity) =>
        [.. _findings.Where(finding => finding.Severity == severity).Select(finding => $"{finding.Position}: {finding.Message}")];

    private void Take(string text)
    {
        var lines = ImmutableArray.CreateBuilder<SettingsLine>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Trim() is "" || line.TrimStart()[0] == '#')
            {
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var raw = equals < 0 ? "" : line[(equals + 1)..].TrimEnd('\r');
            if (equals <= 0 || raw.Length == 0)
            {
                // Without its text, which may be a secret whose name is misspelt.
                Add(DiagnosticSeverity.Error, number, "it is not of the form name=value");
                continue;
            }

            lines.Add(new SettingsLine(number, line[..equals].Trim(), raw));
        }

        Lines = lines.ToImmutable();
    }
}
