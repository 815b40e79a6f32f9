using System.Buffers;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Versions;

/// <summary>
/// Brings the variables that peers share into a main configuration: their lines are replaced where they stand, new ones follow at
/// the end, and everything else, comments and order, stays as it is.
/// </summary>
public static class SharedVariableEditor
{
    private const string FilesVariable = "cfg_file";
    private const string FoldersVariable = "cfg_dir";

    /// <summary>The main configuration with the variables of a manifest.</summary>
    /// <param name="main">The main file.</param>
    /// <param name="present">What it says now.</param>
    /// <param name="wanted">The manifest whose variables it is to have.</param>
    /// <returns>The bytes, the same when nothing has to be changed; or null, with what stands in the way.</returns>
    public static (ReadOnlyMemory<byte>? Main, string Problem) Apply(
        SourceFile main, MainConfiguration present, ConfigurationManifest wanted)
    {
        ArgumentNullException.ThrowIfNull(main);
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(wanted);
        var folder = ConfigurationPath.FolderOf(main.Path);
        var now = ConfigurationManifest.Of(present, []);
        var changed = now.Variables.Concat(wanted.Variables).Select(line => GroupOf(line.Name)).Distinct()
            .Where(group => !LinesOf(now, group).SequenceEqual(LinesOf(wanted, group)))
            .ToHashSet(StringComparer.Ordinal);
        if (changed.Count == 0)
        {
            return (main.Content, "");
        }

        // What an included file sets would have to be changed there, and it may set other things for other daemons.
        var elsewhere = PlacesOf(present, changed).FirstOrDefault(place => place.File != main.Path);
        if (elsewhere.Name is not null)
        {
            return (null, $"'{elsewhere.Name}' differs and is set in {elsewhere.File}, which is not changed from outside");
        }

        return (Replace(main.Content.Span, changed, wanted, folder), "");
    }

    private static IEnumerable<(string Name, string File)> PlacesOf(MainConfiguration present, HashSet<string> changed)
    {
        var variables = present.Positions.Where(pair => changed.Contains(pair.Key)).Select(pair => (pair.Key, pair.Value.File));
        return changed.Contains(FilesVariable)
            ? variables.Concat(present.ObjectFiles.Concat(present.ObjectDirectories)
                .Where(present.PathPositions.ContainsKey)
                .Select(path => (FilesVariable, present.PathPositions[path].File)))
            : variables;
    }

    private static byte[] Replace(
        ReadOnlySpan<byte> text, HashSet<string> changed, ConfigurationManifest wanted, string folder)
    {
        var result = new ArrayBufferWriter<byte>(text.Length + 1_024);
        var written = new HashSet<string>(StringComparer.Ordinal);
        while (!text.IsEmpty)
        {
            var line = text[..LogicalLine(text)];
            text = text[line.Length..];
            var group = GroupOf(NameIn(line));
            if (!changed.Contains(group))
            {
                result.Write(line);
                continue;
            }

            if (written.Add(group))
            {
                Write(result, wanted, group, folder);
            }
        }

        if (result.WrittenCount > 0 && result.WrittenSpan[^1] != (byte)'\n')
        {
            result.Write("\n"u8);
        }

        foreach (var group in changed.Where(written.Add).Order(StringComparer.Ordinal))
        {
            Write(result, wanted, group, folder);
        }

        return result.WrittenSpan.ToArray();
    }

    /// <summary>The length of the next line, with those that continue it (see <see cref="LineReader"/>).</summary>
    private static int LogicalLine(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (true)
        {
            var end = text[length..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return text.Length;
            }

            var physical = text.Slice(length, end).TrimEnd((byte)'\r');
            length += end + 1;
            if (physical is not [.., (byte)'\\'] || physical is [.., (byte)'\\', (byte)'\\'])
            {
                return length;
            }
        }
    }

    private static void Write(ArrayBufferWriter<byte> result, ConfigurationManifest wanted, string group, string folder)
    {
        foreach (var line in LinesOf(wanted, group))
        {
            var isPath = line.Name is FilesVariable or FoldersVariable;
            var value = isPath ? ConfigurationPath.Absolute(folder, line.Value) : line.Value;
            result.Write(ConfigurationText.Encode($"{line.Name}={value}\n"));
        }
    }

    private static IEnumerable<ManifestLine> LinesOf(ConfigurationManifest manifest, string group) =>
        manifest.Variables.Where(line => GroupOf(line.Name) == group);

    /// <summary>The variables that are replaced together: files and folders, whose order among each other is kept.</summary>
    private static string GroupOf(string name) => name == FoldersVariable ? FilesVariable : name;

    private static string NameIn(ReadOnlySpan<byte> line)
    {
        var trimmed = LineReader.Trim(line);
        var equals = trimmed.IndexOf((byte)'=');
        return equals <= 0 || trimmed[0] == (byte)'#' ? "" : ConfigurationText.Decode(LineReader.Trim(trimmed[..equals]));
    }
}
