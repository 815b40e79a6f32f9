using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Cli.Remote;
using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Commands;

/// <summary>What <c>mon oconf push</c> is to bring to a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Remote">How ssh reaches it.</param>
/// <param name="MainFile">The main configuration whose objects it gets; null when it gets none.</param>
/// <param name="ObjectFile">The one object file that it gets as a poller; null when it gets none.</param>
/// <param name="Destination">The folder that they are to go to there; null for where they are read from.</param>
/// <param name="Paths">The paths of its <c>sync</c> block.</param>
internal sealed record PushPlan(
    NodeDefinition Node,
    RemoteNode Remote,
    string? MainFile,
    string? ObjectFile,
    string? Destination,
    ImmutableArray<PushedPath> Paths)
{
    /// <summary>Whether <see cref="ObjectFile"/> is the poller's part of the configuration here, and to be made first.</summary>
    public bool IsSplit { get; private init; }

    private static readonly string[] MainFileNames = ["naemon.cfg", "nagios.cfg"];

    /// <summary>Makes the plan for a node, and says what of it is missing here.</summary>
    /// <param name="node">The node.</param>
    /// <param name="configuration">All of merlin.conf.</param>
    /// <param name="paths">Where things are here.</param>
    /// <param name="parts">What is to be pushed.</param>
    /// <param name="problems">What is missing is added to this.</param>
    public static PushPlan Make(
        NodeDefinition node, MerlinConfiguration configuration, MonitorPaths paths, PushParts parts, List<string> problems)
    {
        var settings = node.ObjectConfig ?? configuration.Daemon.ObjectConfig;
        var remote = RemoteNode.Of(node, configuration);
        if (remote.KeyFile is { } key && !File.Exists(key))
        {
            problems.Add($"the ssh key {key} for {node.Name} does not exist");
        }

        string? mainFile = null;
        string? objectFile = null;
        if (parts.HasFlag(PushParts.Configuration) && node.Kind == NodeKind.Poller)
        {
            objectFile = settings?.Source ?? PollerSplit.FileOf(paths, configuration, node.Name);
            if (settings?.Source is not null)
            {
                Require(objectFile, node, problems);
            }
        }
        else if (parts.HasFlag(PushParts.Configuration))
        {
            mainFile = settings?.Source is { } source ? MainFileIn(source) : paths.FindMainConfiguration();
            Require(mainFile, node, problems);
        }

        var pushed = ImmutableArray.CreateBuilder<PushedPath>();
        foreach (var entry in parts.HasFlag(PushParts.Extras) ? node.Sync : [])
        {
            if (PushedPath.Find(entry, out var problem) is { } path)
            {
                pushed.Add(path);
            }
            else
            {
                problems.Add($"{problem}, so that it cannot be sent to {node.Name}");
            }
        }

        return new PushPlan(node, remote, mainFile, objectFile, settings?.Destination, pushed.DrainToImmutable())
        {
            IsSplit = objectFile is not null && settings?.Source is null,
        };
    }

    private static string MainFileIn(string source) => !Directory.Exists(source) ? source
        : MainFileNames.Select(name => Path.Combine(source, name)).FirstOrDefault(File.Exists)
            ?? Path.Combine(source, MainFileNames[0]);

    private static void Require(string file, NodeDefinition node, List<string> problems)
    {
        if (!File.Exists(file))
        {
            problems.Add($"{file} does not exist, so that {node.Name} cannot get its configuration");
        }
    }
}
