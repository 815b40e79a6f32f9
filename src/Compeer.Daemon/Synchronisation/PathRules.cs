using Compeer.Api;
using Compeer.Configuration.Synchronisation;

namespace Compeer.Daemon.Synchronisation;

/// <summary>What is never kept the same by itself, whatever merlin.conf says: it decides who this node is, whom it trusts and what
/// is accepted from whom, or travels with the configuration.</summary>
/// <param name="paths">Where things are.</param>
internal sealed class PathRules(MonitorPaths paths)
{
    private readonly (string What, string Path)[] _own =
    [
        ("mond's own files", paths.VariableFolder),
        ("the keys and the nodes of the cluster", paths.MerlinFolder),
        ("the main configuration", paths.MainConfiguration),
        ("the main configuration", paths.NagiosMainConfiguration),
    ];

    /// <summary>Why a path is not kept the same; empty when it may be.</summary>
    public string Problem(string path)
    {
        foreach (var own in _own)
        {
            if (SynchronisedPaths.IsWithin(path, own.Path) || SynchronisedPaths.IsWithin(own.Path, path))
            {
                return $"{own.What} ({own.Path}), which every node has of its own, would go with it";
            }
        }

        return "";
    }
}
