namespace Compeer.Cli.Keys;

/// <summary>The text of an authorized_keys file, see sshd(8). What is there stays as it is.</summary>
internal static class AuthorizedKeys
{
    /// <summary>Whether the file lets the key in, with or without options before it.</summary>
    public static bool Has(string content, PublicSshKey key) => content.Split('\n')
        .Select(line => line.Trim())
        .Any(line => !line.StartsWith('#') && line.Split(' ', '\t').Contains(key.Blob, StringComparer.Ordinal));

    /// <summary>What to write at the end of the file so that it lets the keys in; empty when it does already.</summary>
    public static string Missing(string content, IEnumerable<PublicSshKey> keys)
    {
        var missing = string.Concat(keys.DistinctBy(key => key.Blob).Where(key => !Has(content, key)).Select(key => $"{key}\n"));
        return missing.Length > 0 && content.Length > 0 && !content.EndsWith('\n') ? "\n" + missing : missing;
    }
}
