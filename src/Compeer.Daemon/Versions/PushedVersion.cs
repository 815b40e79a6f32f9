using System.Text.Json;
using Compeer.Api;
using Compeer.Cluster.Model;

namespace Compeer.Daemon.Versions;

/// <summary>
/// By which version the configuration is known that was pushed to this node last. It is written down before the files are put in
/// place, so that whatever takes them up, a restart after a crash included, takes them up as what they are, of the history of
/// the node that pushed, and not as a change made here.
/// </summary>
/// <param name="path">Where.</param>
internal sealed class PushedVersion(string path)
{
    private const string UnfinishedSuffix = ".new";

    /// <summary>Files are pushed as this version.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Note(ConfigurationVersion version)
    {
        File.WriteAllBytes(
            path + UnfinishedSuffix,
            JsonSerializer.SerializeToUtf8Bytes(VersionText.Of(version), ApiJsonContext.Default.GivenVersion));
        File.Move(path + UnfinishedSuffix, path, overwrite: true);
    }

    /// <summary>The version of files with this hash that were pushed, unless it is behind what is in force here.</summary>
    /// <param name="hash">The hash of the files.</param>
    /// <param name="inForce">What is, or was last, in force here; null for nothing.</param>
    public ConfigurationVersion? Of(string hash, ConfigurationVersion? inForce) =>
        Read() is { } version && version.Hash == hash
            && (inForce is null || !version.IsRelatedTo(inForce) || version.History != inForce.History || version > inForce)
            ? version
            : null;

    /// <summary>Something else is in force: what was pushed before it is history.</summary>
    public void ForgetUnless(string hash)
    {
        if (Read() is { } version && version.Hash != hash)
        {
            File.Delete(path);
        }
    }

    private ConfigurationVersion? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ApiJsonContext.Default.GivenVersion) is { } text
                ? VersionText.Read(text)
                : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }
}
