using System.Globalization;
using System.Text;

namespace Compeer.Configuration.Synchronisation;

/// <summary>
/// A file tree as text, by whose hash it is known: the first line <c>compeer files 1</c>, then a line for each item, in the order of
/// their names: <c>folder MODE USER GROUP NAME</c>, <c>file MODE USER GROUP MODIFIED BYTES SHA256 NAME</c>,
/// <c>link BYTES-OF-TARGET TARGET NAME</c>, <c>left NAME</c>. Modes are octal; the tree itself has no name.
/// </summary>
public static class FileManifest
{
    /// <summary>The most bytes of a manifest.</summary>
    public const int MaxBytes = 4 << 20;

    private const string Header = "compeer files 1";
    private const long LatestTime = 3_155_378_975_999_999_999; // the end of the year 9999

    /// <summary>The text of a tree, UTF-8.</summary>
    public static byte[] Encode(FileTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var text = new StringBuilder(Header).Append('\n');
        foreach (var item in tree.Items.Values)
        {
            var mode = Convert.ToString(item.Mode, 8);
            _ = item.Kind switch
            {
                FileKind.Folder => text.Append(CultureInfo.InvariantCulture, $"folder {mode} {item.User} {item.Group} {item.Name}\n"),
                FileKind.File => text.Append(
                    CultureInfo.InvariantCulture,
                    $"file {mode} {item.User} {item.Group} {item.Modified} {item.Bytes} {item.Hash} {item.Name}\n"),
                FileKind.Link => text.Append(CultureInfo.InvariantCulture, $"link {item.Target.Length} {item.Target} {item.Name}\n"),
                _ => text.Append(CultureInfo.InvariantCulture, $"left {item.Name}\n"),
            };
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads a manifest that another node made; null, with what is wrong, for one that breaks a rule: it is not taken, nor any
    /// part of it.</summary>
    public static FileTree? Decode(ReadOnlySpan<byte> bytes, out string problem)
    {
        var items = new Dictionary<string, FileItem>(StringComparer.Ordinal);
        var lines = bytes.Length > MaxBytes ? [] : Encoding.UTF8.GetString(bytes).Split('\n');
        if (lines.Length < 2 || lines[0] != Header || lines[^1].Length > 0)
        {
            problem = "something that is no list of files";
            return null;
        }

        if (lines.Length - 2 > FileTree.MaxItems)
        {
            problem = $"{lines.Length - 2} files; at most {FileTree.MaxItems} are taken";
            return null;
        }

        foreach (var line in lines[1..^1])
        {
            var item = ItemOf(line);
            problem = item is null ? "a list of files with a line that makes no sense" : ProblemOf(item, items);
            if (problem.Length > 0)
            {
                return null;
            }

            items.Add(item!.Name, item);
        }

        var total = items.Values.Sum(item => (decimal)item.Bytes);
        problem = total > FileTree.MaxBytes ? $"{total} bytes; at most {FileTree.MaxBytes} are taken"
            : !items.ContainsKey("") ? "a list of files without the folder itself"
            : "";
        return problem.Length > 0 ? null : new FileTree(items.Values);
    }

    private static FileItem? ItemOf(string line) => line.Split(' ') switch
    {
        ["folder", var mode, var user, var group, ..] when ModeOf(mode) is { } bits =>
            new FileItem(Rest(line, 4), FileKind.Folder) { Mode = bits, User = user, Group = group },
        ["file", var mode, var user, var group, var modified, var bytes, var hash, ..]
            when ModeOf(mode) is { } bits && NumberOf(modified) is <= LatestTime and { } time && NumberOf(bytes) is { } length
                && hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower) =>
            new FileItem(Rest(line, 7), FileKind.File)
            {
                Mode = bits,
                User = user,
                Group = group,
                Modified = time,
                Bytes = length,
                Hash = hash,
            },
        ["link", var length, ..] when NumberOf(length) is <= FileNames.MaxLength and { } target && Rest(line, 2) is var rest
            && rest.Length > target && rest[(int)target] == ' ' =>
            new FileItem(rest[((int)target + 1)..], FileKind.Link) { Target = rest[..(int)target] },
        ["left", ..] => new FileItem(Rest(line, 1), FileKind.Left),
        _ => null,
    };

    private static string ProblemOf(FileItem item, Dictionary<string, FileItem> before)
    {
        var isRoot = item.Name.Length == 0;
        var name = isRoot ? "" : FileNames.Problem(item.Name);
        if (name.Length > 0)
        {
            return name;
        }

        var end = item.Name.LastIndexOf('/');
        var parent = isRoot ? null : before.GetValueOrDefault(end < 0 ? "" : item.Name[..end]);
        return before.ContainsKey(item.Name) ? "a list of files that names one twice"
            : isRoot && item.Kind is FileKind.Link or FileKind.Left ? "a list of files of what is none"
            : !isRoot && parent?.Kind != FileKind.Folder ? "a name that leads elsewhere"
            : item.Bytes > FileTree.MaxFileBytes ? $"a file of {item.Bytes} bytes; at most {FileTree.MaxFileBytes} are taken"
            : item.Kind == FileKind.Link && FileNames.ProblemOfLink(item.Name, item.Target) is { Length: > 0 } leads
                ? $"a link that {leads}"
            : item.User.Concat(item.Group).Any(char.IsControl) ? "an owner whose name is no text"
            : "";
    }

    private static string Rest(string line, int words)
    {
        var start = 0;
        for (var i = 0; i < words; i++)
        {
            var end = line.IndexOf(' ', start);
            start = end < 0 ? line.Length : end + 1;
        }

        return line[start..];
    }

    private static int? ModeOf(string text) =>
        text.Length is >= 1 and <= 3 && text.All(digit => digit is >= '0' and <= '7') ? Convert.ToInt32(text, 8) : null;

    private static long? NumberOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
