using System.Collections.Immutable;
using System.IO.Enumeration;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Text;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Configuration;

/// <summary>Reads configuration files from disk, collecting what could not be read as diagnostics.</summary>
internal sealed class ConfigurationFiles : IConfigurationFiles
{
    /// <summary>A file larger than this is a mistake (a million services are about 200 MB of configuration).</summary>
    private const long MaxFileBytes = 1L << 30;

    /// <summary>Folders inside folders; more are a mistake.</summary>
    private const int MaxDepth = 64;

    /// <summary>Folders that are looked into; more are a mistake.</summary>
    private const int MaxFolders = 10_000;

    private const string ObjectFilePattern = ".cfg";

    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly List<Diagnostic> _problems = [];
    private readonly HashSet<(ulong Device, ulong Inode)> _above = [];
    private int _folders;

    public IReadOnlyList<Diagnostic> Problems => _problems;

    /// <summary>Where files and folders are named, for findings about them; others are named by themselves.</summary>
    public IReadOnlyDictionary<string, SourcePosition> NamedAt { get; set; } = ImmutableDictionary<string, SourcePosition>.Empty;

    /// <inheritdoc/>
    public SourceFile? Read(string path)
    {
        try
        {
            using var found = FoundPath.Of(path);
            if (FileStatus.IsSpecial(found.Path))
            {
                Report(path, "is not a file");
                return null;
            }

            using var file = File.OpenHandle(found.Path);
            var length = RandomAccess.GetLength(file);
            if (length > MaxFileBytes)
            {
                Report(path, $"{length} bytes, more than the {MaxFileBytes} that a configuration file may have");
                return null;
            }

            return new SourceFile(path, File.ReadAllBytes(found.Path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Report(path, ReasonOf(exception));
            return null;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> List(string folder, bool recursive) => List(folder, recursive, depth: 0);

    private List<string> List(string folder, bool recursive, int depth)
    {
        var files = new List<string>();
        if (depth > MaxDepth)
        {
            Report(folder, $"more than {MaxDepth} folders deep");
            return files;
        }

        if (++_folders > MaxFolders)
        {
            if (_folders == MaxFolders + 1)
            {
                Report(folder, $"more than {MaxFolders} folders");
            }

            return files;
        }

        using var found = FoundPath.Of(folder);
        var isKnown = FileStatus.TryGetIdentity(found.Path, out var identity);
        if (isKnown && !_above.Add(identity))
        {
            Report(folder, "leads back to a folder that it is in, whose files would be read again; remove the link");
            return files;
        }

        try
        {
            foreach (var name in NamesIn(found.Path))
            {
                var entry = Path.Join(folder, name);
                var isObjectFile = name.EndsWith(ObjectFilePattern, StringComparison.Ordinal);
                if (name.StartsWith('.'))
                {
                    continue;
                }

                using var member = FoundPath.Of(entry);
                if (Directory.Exists(member.Path))
                {
                    files.AddRange(recursive ? List(entry, recursive, depth + 1) : []);
                }
                else if (isObjectFile && !FileStatus.IsSpecial(member.Path))
                {
                    files.Add(entry);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Report(folder, ReasonOf(exception));
        }

        _above.Remove(identity);
        return files;
    }

    /// <summary>The names in a folder, in ordinal order. The runtime makes others of those that are not UTF-8: where it did, they
    /// are asked for as bytes.</summary>
    private static IEnumerable<string> NamesIn(string folder)
    {
        string[] names =
        [
            .. new FileSystemEnumerable<string>(folder, static (ref FileSystemEntry entry) => entry.FileName.ToString(), AllEntries),
        ];
        return (names.Any(name => name.Contains('\uFFFD'))
            ? BytePath.NamesIn(folder).Select(name => ConfigurationText.Decode(name))
            : names).Order(StringComparer.Ordinal);
    }

    /// <summary>Adds a finding about a file or folder.</summary>
    public void Report(string path, string reason) => _problems.Add(NamedAt.TryGetValue(path, out var position)
        ? new Diagnostic(DiagnosticSeverity.Error, position, $"'{path}' {reason}")
        : new Diagnostic(DiagnosticSeverity.Error, new SourcePosition(path, 0), reason));

    private static string ReasonOf(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "does not exist",
        UnauthorizedAccessException => "cannot be read: permission denied",
        _ => SystemError.Words(exception),
    };
}
