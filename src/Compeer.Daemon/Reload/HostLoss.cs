using Compeer.Configuration.Objects.Definitions;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Versions;

namespace Compeer.Daemon.Reload;

/// <summary>
/// A configuration that has lost most of its hosts is more often an accident (a folder not mounted, a wrong file saved) than meant:
/// it is taken up when somebody says that it is.
/// </summary>
internal static class HostLoss
{
    /// <summary>Of so many hosts or more, the loss of more than half must be confirmed.</summary>
    public const int FewestHosts = 10;

    /// <summary>What is lost, in words; empty when that needs no confirmation.</summary>
    public static string Between(IReadOnlyCollection<HostDefinition> before, IReadOnlyCollection<HostDefinition> after)
    {
        var left = after.Select(host => host.Name).ToHashSet(StringComparer.Ordinal);
        var lost = before.Count(host => !left.Contains(host.Name));
        return before.Count >= FewestHosts && lost * 2 > before.Count
            ? $"the configuration has lost {lost} of {before.Count} hosts; if that is meant, 'mon reload --yes' takes it up"
            : "";
    }

    /// <summary>
    /// Looks at what a start finds in the files beside what was in force last. A daemon that starts has to monitor something: when
    /// most hosts are gone that is the former configuration.
    /// </summary>
    /// <param name="installer">Reads the former one as if it were in its place.</param>
    /// <param name="store">What is kept.</param>
    /// <param name="files">What the files have.</param>
    /// <returns>The former one, and why; null when the files count.</returns>
    public static (LoadedConfiguration Former, string Reason)? AtStart(
        ConfigurationInstaller installer, VersionStore store, LoadedConfiguration files)
    {
        // Numbers of two histories say nothing of each other.
        var last = store.List().Where(version => version.Number > 0).MaxBy(version => (version.KeptAt, version.Number));
        if (last is null || last.Hosts < FewestHosts || last.Hash == files.Hash || store.ManifestOf(last.Hash) is not { } manifest
            || installer.Prepare(manifest, out _) is not { } prepared)
        {
            return null;
        }

        var lost = Between(prepared.Loaded.Objects!.Hosts, files.Objects!.Hosts);
        return lost.Length == 0 ? null : (prepared.Loaded, $"{lost}; until then the one that was in force last stays so");
    }
}
