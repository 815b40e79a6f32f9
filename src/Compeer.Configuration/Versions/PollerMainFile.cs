using System.Buffers;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Versions;

/// <summary>
/// The main configuration of a node that has masters: it reads only the object file that a master sends (Merlin's
/// <c>mon oconf poller-fix</c>). All other lines that name object files become comments; everything else stays as it is.
/// </summary>
public static class PollerMainFile
{
    /// <summary>The file that a master sends, seen from the folder of the main configuration.</summary>
    public const string ObjectFile = "oconf/from-master.cfg";

    private const string FilesVariable = "cfg_file";
    private const string FoldersVariable = "cfg_dir";

    /// <summary>The main file as it should be; null when it is so already.</summary>
    public static ReadOnlyMemory<byte>? Fix(SourceFile main)
    {
        ArgumentNullException.ThrowIfNull(main);
        var folder = ConfigurationPath.FolderOf(main.Path);
        var result = new ArrayBufferWriter<byte>(main.Content.Length + 64);
        var text = main.Content.Span;
        var isThere = false;
        var isChanged = false;
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..(end + 1)];
            text = text[line.Length..];
            if (PathIn(line) is { } path)
            {
                var isOfMaster = path.Name == FilesVariable && !isThere
                    && ConfigurationPath.Absolute(folder, path.Value) == $"{folder}/{ObjectFile}";
                isThere |= isOfMaster;
                isChanged |= !isOfMaster;
                result.Write(isOfMaster ? [] : "#"u8);
            }

            result.Write(line);
        }

        if (!isThere)
        {
            if (result.WrittenCount > 0 && result.WrittenSpan[^1] != (byte)'\n')
            {
                result.Write("\n"u8);
            }

            result.Write(ConfigurationText.Encode($"{FilesVariable}={ObjectFile}\n"));
        }

        return isChanged || !isThere ? result.WrittenSpan.ToArray() : (ReadOnlyMemory<byte>?)null;
    }

    private static (string Name, string Value)? PathIn(ReadOnlySpan<byte> line)
    {
        var trimmed = LineReader.Trim(line);
        var equals = trimmed.IndexOf((byte)'=');
        if (equals <= 0 || trimmed[0] == (byte)'#')
        {
            return null;
        }

        var name = ConfigurationText.Decode(LineReader.Trim(trimmed[..equals]));
        return name is FilesVariable or FoldersVariable
            ? (name, ConfigurationText.Decode(LineReader.Trim(trimmed[(equals + 1)..])))
            : null;
    }
}
