using System.Collections.Immutable;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Configuration;

namespace Compeer.Daemon.Versions;

/// <summary>A configuration that was found good for this node and is not in its place yet.</summary>
/// <param name="Manifest">What it consists of.</param>
/// <param name="Main">What the main configuration will be.</param>
/// <param name="Deleted">The object files of now that it does not have, by their names below the folder of the main configuration.</param>
/// <param name="Loaded">It, as it was read.</param>
/// <param name="Present">What is in the files now.</param>
internal sealed record PreparedInstallation(
    ConfigurationManifest Manifest,
    ReadOnlyMemory<byte> Main,
    ImmutableArray<string> Deleted,
    LoadedConfiguration Loaded,
    LoadedConfiguration Present);
