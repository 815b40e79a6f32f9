using System.Collections.Immutable;
using Compeer.Cli.Remote;

namespace Compeer.Cli.Transfer;

/// <summary>The arguments of rsync, see rsync(1).</summary>
internal static class RsyncCommandLine
{
    /// <summary>What it says of each thing that it changes: <see cref="RsyncChanges"/> reads that.</summary>
    private const string Format = "--out-format=%i %n";

    /// <summary>A configuration, into the folder where it is gathered. Content counts and nothing else; what is in the present
    /// configuration does not travel.</summary>
    /// <param name="ssh">ssh, see <see cref="Ssh"/>.</param>
    /// <param name="rsyncThere">The command line that is rsync at the other end; null for rsync.</param>
    /// <param name="root">The folder of the configuration where it goes to.</param>
    /// <param name="from">The folder that it is in.</param>
    /// <param name="to">The folder where it is gathered.</param>
    public static ImmutableArray<string> ForConfiguration(string ssh, string? rsyncThere, string root, string from, string to) =>
    [
        "--recursive", "--checksum", "--delete", "--compress", $"--copy-dest={root}", Format,
        $"--rsh={ssh}", .. rsyncThere is null ? Array.Empty<string>() : [$"--rsync-path={rsyncThere}"],
        "--", from + "/", to + "/",
    ];

    /// <summary>The content of one file.</summary>
    public static ImmutableArray<string> ForFile(string ssh, string from, string to) =>
        ["--checksum", "--compress", $"--rsh={ssh}", "--", from, to];

    /// <summary>The contents of a folder, on the same machine.</summary>
    public static ImmutableArray<string> Here(string from, string to) =>
        ["--recursive", "--checksum", "--delete", "--", from + "/", to + "/"];

    /// <summary>A file or folder as it is: owner, mode, times and links; a folder with what is gone from it. What is overwritten or
    /// deleted goes to another folder.</summary>
    public static ImmutableArray<string> ForPath(string ssh, string backup, bool isFolder, bool isDryRun, string from, string to)
    {
        (from, to) = isFolder ? (from + "/", to + "/") : (from, to);
        return
        [
            "--archive", "--hard-links", "--checksum", "--compress", .. isFolder ? ["--delete"] : Array.Empty<string>(),
            .. isDryRun ? ["--dry-run"] : Array.Empty<string>(),
            "--backup", $"--backup-dir={backup}", Format, $"--rsh={ssh}", "--", from, to,
        ];
    }

    /// <summary>ssh as rsync takes it: words between blanks, those with blanks in them in quotes.</summary>
    public static string Ssh(string ssh, RemoteNode node) =>
        string.Join(' ', SshCommandLine.Options(node, log: null, mayAsk: false).Prepend(ssh).Select(Quoted));

    /// <summary>A path at a machine.</summary>
    public static string At(RemoteNode node, string path) =>
        node.Address.Contains(':', StringComparison.Ordinal) ? $"[{node.Address}]:{path}" : $"{node.Address}:{path}";

    private static string Quoted(string word) =>
        word.Any(c => char.IsWhiteSpace(c) || c is '\'' or '"') ? $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : word;
}
