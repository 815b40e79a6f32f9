using Compeer.Cluster.Model;

namespace Compeer.Daemon.Synchronisation;

/// <summary>What the parts of a synchronisation share.</summary>
/// <param name="Folder">Where it keeps what it needs.</param>
/// <param name="Scanner">Looks at files.</param>
/// <param name="Records">Remembers when both ends had the same.</param>
/// <param name="Backup">Keeps what is overwritten.</param>
/// <param name="Rules">What is never kept the same.</param>
/// <param name="Loop">Is told what is wanted and what is so.</param>
internal sealed record SynchronisationParts(
    string Folder, TreeScanner Scanner, SynchronisationRecords Records, BackupFolder Backup, PathRules Rules, Action<FilesInput> Loop);
