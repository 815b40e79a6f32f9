using System.Collections.Immutable;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Main;

/// <summary>
/// What an object file includes: <c>include_file=</c> and <c>include_dir=</c> between its objects, a rarely used possibility of
/// Naemon. Whoever reads object files asks for each of them, also for those included, and hands all to
/// <see cref="ObjectConfigurationCompiler"/>, which refuses files that include what it was not given.
/// </summary>
/// <param name="Files">Each <c>include_file</c>, in order, relative ones seen from the folder of the file.</param>
/// <param name="Directories">Each <c>include_dir</c>, likewise; read recursively, files ending in <c>.cfg</c>.</param>
public sealed record ObjectFileIncludes(ImmutableArray<string> Files, ImmutableArray<string> Directories)
{
    /// <summary>What this file includes; both empty for nearly all files, which costs one search through their bytes.</summary>
    public static ObjectFileIncludes In(SourceFile file)
    {
        if (file.Content.Span.IndexOf("include_"u8) < 0)
        {
            return new ObjectFileIncludes([], []);
        }

        var files = new List<string>();
        var directories = new List<string>();
        var inBlock = false;
        var lines = new LineReader(file.Content.Span, semicolonComments: true);
        while (lines.Read())
        {
            inBlock = (inBlock || lines.Text.StartsWith("define"u8)) && lines.Text is not [(byte)'}'];
            if (!inBlock && TryParse(file.Path, lines.Text, out var path, out var isDirectory))
            {
                (isDirectory ? directories : files).Add(path);
            }
        }

        return new ObjectFileIncludes([.. files], [.. directories]);
    }

    /// <summary>Whether a line between objects is one of the two.</summary>
    internal static bool TryParse(string file, ReadOnlySpan<byte> line, out string path, out bool isDirectory)
    {
        isDirectory = line.StartsWith("include_dir="u8);
        path = "";
        if (!isDirectory && !line.StartsWith("include_file="u8))
        {
            return false;
        }

        var value = LineReader.Trim(line[(line.IndexOf((byte)'=') + 1)..]);
        path = ConfigurationPath.Absolute(ConfigurationPath.FolderOf(file), ConfigurationText.Decode(value));
        return true;
    }
}
