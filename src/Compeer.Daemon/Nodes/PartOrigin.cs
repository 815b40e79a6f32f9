using Compeer.Cluster.Model;

namespace Compeer.Daemon.Nodes;

/// <summary>Of which configuration a poller's part was made, which this node makes itself.</summary>
/// <param name="Version">It; null while the file is not written, or the configuration has no number yet.</param>
internal sealed record PartOrigin(ConfigurationVersion? Version);
