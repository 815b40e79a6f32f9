using Compeer.Configuration.Synchronisation;

namespace Compeer.Tests.Configuration.Synchronisation;

/// <summary>Trees for tests.</summary>
internal static class Trees
{
    /// <summary>An owner and a group that no machine has.</summary>
    public const string Nobody = "nobody-anywhere";

    /// <summary>A folder with files, each "name=content@time", folders "name/", links "name>target" and what is left "name?".</summary>
    public static FileTree Folder(params string[] items) => new(
        [new FileItem("", FileKind.Folder) { Mode = 0x1ED, User = Nobody, Group = Nobody }, .. items.Select(ItemOf)]);

    /// <summary>The names of a tree with what is in it, in the same words.</summary>
    public static string[] Words(FileTree tree) => [.. tree.Items.Values.Where(item => item.Name.Length > 0).Select(WordOf)];

    public static FileItem ItemOf(string word) =>
        word.Split('=') is [var name, var rest] && rest.Split('@') is [var content, var time]
            ? new FileItem(name, FileKind.File)
            {
                Mode = 0x1A4,
                User = Nobody,
                Group = Nobody,
                Modified = long.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
                Bytes = content.Length,
                Hash = HashOf(content),
            }
        : word.Split('>') is [var link, var target] ? new FileItem(link, FileKind.Link) { Target = target }
        : word.EndsWith('/') ? new FileItem(word[..^1], FileKind.Folder) { Mode = 0x1ED, User = Nobody, Group = Nobody }
        : new FileItem(word.TrimEnd('?'), FileKind.Left);

    public static string HashOf(string content) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));

    private static string WordOf(FileItem item) => item.Kind switch
    {
        FileKind.File => $"{item.Name}={item.Hash[..4]}@{item.Modified}",
        FileKind.Folder => item.Name + "/",
        FileKind.Link => $"{item.Name}>{item.Target}",
        _ => item.Name + "?",
    };
}
