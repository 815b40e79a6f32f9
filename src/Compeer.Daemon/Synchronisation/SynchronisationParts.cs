using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Daemon.Nodes;

namespace Compeer.Daemon.Synchronisation;

/// <summary>What the parts of a synchronisation share.</summary>
/// <param name="Folder">Where it keeps what it needs.</param>
/// <param name="Scanner">Looks at files.</param>
/// <param name="Records">Remembers when both ends had the same.</param>
/// <param name="Backup">Keeps what is overwritten.</param>
/// <param name="Rules">What is never kept the same.</param>
/// <param name="Loop">Is told what is wanted and what is so.</param>
/// <param name="PartFileOf">Where what a poller gets of this node's configuration is; null for other nodes.</param>
/// <param name="TakePart">Takes up what a master sends of its configuration, with the master's name; gives why not, or nothing.</param>
/// <param name="OriginOf">Which configuration a poller's part was made of: nothing where somebody else makes the file, and with no version
/// while this node does not know yet.</param>
internal sealed record SynchronisationParts(
    string Folder,
    TreeScanner Scanner,
    SynchronisationRecords Records,
    BackupFolder Backup,
    PathRules Rules,
    Action<FilesInput> Loop,
    Func<MerlinConfiguration, NodeDefinition, string?> PartFileOf,
    Func<ReadOnlyMemory<byte>, string, Task<string>> TakePart,
    Func<string, PartOrigin?> OriginOf)
{
    /// <summary>What this node took last of its masters.</summary>
    public PartOrder Order { get; } = new(Path.Combine(Folder, "part"));
}
