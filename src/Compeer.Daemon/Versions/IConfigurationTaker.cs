using Compeer.Cluster.Model;
using Compeer.Configuration.Versions;

namespace Compeer.Daemon.Versions;

/// <summary>Takes up a configuration that came from elsewhere.</summary>
internal interface IConfigurationTaker
{
    /// <summary>Installs a configuration whose content is kept here and works by it.</summary>
    /// <param name="manifest">What it consists of.</param>
    /// <param name="version">Its version, with its number.</param>
    /// <param name="came">How it came here, in words.</param>
    /// <returns>Why it is not taken up; empty when it is.</returns>
    public Task<string> TakeUpAsync(ConfigurationManifest manifest, ConfigurationVersion version, string came);
}
