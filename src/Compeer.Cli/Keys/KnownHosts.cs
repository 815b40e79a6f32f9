using System.Security.Cryptography;
using System.Text;

namespace Compeer.Cli.Keys;

/// <summary>The text of a known_hosts file, see sshd(8). What is there stays as it is.</summary>
internal static class KnownHosts
{
    private const string HashMark = "|1|";

    /// <summary>The key of this type that the file has for the machine; null when it has none.</summary>
    public static string? Find(string content, KnownHost host)
    {
        foreach (var line in content.Split('\n'))
        {
            // "@revoked" and "@cert-authority" are about other things.
            if (line.Trim().Split(' ', '\t') is [var names, var type, var blob, ..]
                && names.Length > 0 && names[0] is not '#' and not '@' && type == host.Key.Type && Names(names, host.Name))
            {
                return blob;
            }
        }

        return null;
    }

    /// <summary>What to write at the end of the file so that it knows the machine.</summary>
    public static string Line(string content, KnownHost host) =>
        (content.Length > 0 && !content.EndsWith('\n') ? "\n" : "") + $"{host.Name} {host.Key.Type} {host.Key.Blob}\n";

    private static bool Names(string names, string name)
    {
        if (!names.StartsWith(HashMark, StringComparison.Ordinal))
        {
            return names.Split(',').Contains(name, StringComparer.OrdinalIgnoreCase);
        }

        // |1|salt|HMAC-SHA1 of the name
        var parts = names[HashMark.Length..].Split('|');
        var salt = new byte[64];
        if (parts.Length != 2 || !Convert.TryFromBase64String(parts[0], salt, out var length))
        {
            return false;
        }

#pragma warning disable CA5350 // The format is OpenSSH's; it hides names, it proves nothing.
        return Convert.ToBase64String(HMACSHA1.HashData(salt.AsSpan(0, length), Encoding.UTF8.GetBytes(name))) == parts[1];
#pragma warning restore CA5350
    }
}
