using System.Collections.Immutable;

namespace Compeer.Cli.Keys;

/// <summary>The public keys of this machine's sshd.</summary>
internal static class HostKeys
{
    private const string Folder = "/etc/ssh";
    private const string Pattern = "ssh_host_*_key.pub";

    /// <summary>Reads them; those that cannot be read are left out: whoever connects will be asked, as without any.</summary>
    public static ImmutableArray<PublicSshKey> Read()
    {
        try
        {
            return [.. Directory.EnumerateFiles(Folder, Pattern).Order(StringComparer.Ordinal)
                .Select(file => PublicSshKey.Parse(File.ReadAllText(file))).OfType<PublicSshKey>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
