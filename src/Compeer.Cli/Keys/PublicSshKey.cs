namespace Compeer.Cli.Keys;

/// <summary>A public key of ssh as its <c>.pub</c> file has it: type, base64, comment.</summary>
internal sealed record PublicSshKey
{
    private const int LongestLine = 1 << 14;

    private PublicSshKey(string type, string blob, string comment) => (Type, Blob, Comment) = (type, blob, comment);

    /// <summary>Its kind, as <c>ssh-ed25519</c>.</summary>
    public string Type { get; }

    /// <summary>The key itself; two keys are the same when this is.</summary>
    public string Blob { get; }

    /// <summary>What its maker calls it; may be empty.</summary>
    public string Comment { get; }

    /// <summary>What it is called when it is spoken of.</summary>
    public string Name => Comment.Length > 0 ? Comment : Blob[^8..];

    /// <summary>Reads a line; null when it is none. Options, which may stand before a key in authorized_keys, make it none: only
    /// the owner of that file may say what a key is good for.</summary>
    public static PublicSshKey? Parse(string line)
    {
        var words = line.Trim().Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return line.Length <= LongestLine && words.Length >= 2 && IsType(words[0]) && IsBlob(words[1]) && !line.Trim().Any(char.IsControl)
            ? new PublicSshKey(words[0], words[1], words.Length > 2 ? words[2] : "")
            : null;
    }

    /// <summary>The line.</summary>
    public override string ToString() => Comment.Length > 0 ? $"{Type} {Blob} {Comment}" : $"{Type} {Blob}";

    private static bool IsType(string word) =>
        (word.StartsWith("ssh-", StringComparison.Ordinal) || word.StartsWith("ecdsa-", StringComparison.Ordinal)
            || word.StartsWith("sk-", StringComparison.Ordinal))
        && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '@' or '.');

    private static bool IsBlob(string word) => word.Length > 16 && Convert.TryFromBase64String(word, new byte[word.Length], out _);
}
