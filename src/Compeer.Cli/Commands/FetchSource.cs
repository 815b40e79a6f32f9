using System.Collections.Immutable;
using Compeer.Cli.Remote;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;

namespace Compeer.Cli.Commands;

/// <summary>The node that <c>mon oconf fetch</c> fetches from.</summary>
/// <param name="Node">The node.</param>
/// <param name="Remote">How ssh reaches it.</param>
/// <param name="Settings">Its <c>object_config</c>; null when there is none.</param>
internal sealed record FetchSource(NodeDefinition Node, RemoteNode Remote, ObjectConfigDefinition? Settings)
{
    private const string ConnectionVariable = "SSH_CONNECTION";

    /// <summary>The name by which a master has this node's part of the configuration; null when a peer's is fetched, the whole.</summary>
    public string? PollerName => Node.Kind == NodeKind.Master ? Settings!.FetchName : null;

    /// <summary>Finds it; null, and why, when there is none.</summary>
    /// <param name="configuration">merlin.conf.</param>
    /// <param name="name">Its name; null for the only master.</param>
    /// <param name="any">Names that the node that asks for it goes by, with commas; null when nobody does.</param>
    /// <param name="fault">What is wrong.</param>
    public static FetchSource? Find(MerlinConfiguration configuration, string? name, string? any, out string fault)
    {
        var node = any is not null ? Caller(configuration, any, out fault)
            : name is not null ? Named(configuration, name, out fault)
            : OnlyMaster(configuration, out fault);
        if (node is null)
        {
            return null;
        }

        var settings = node.ObjectConfig ?? configuration.Daemon.ObjectConfig;
        fault = node.Kind == NodeKind.Poller ? $"{node.Name} is a poller, and has only the part of a configuration that concerns it"
            : node.Kind == NodeKind.Master && settings?.FetchName is null
                ? $"{node.Name} is a master: fetch_name in its object_config has to say what this node is called there"
            : "";
        return fault.Length > 0 ? null : new FetchSource(node, RemoteNode.Of(node, configuration), settings);
    }

    private static NodeDefinition? Named(MerlinConfiguration configuration, string name, out string fault)
    {
        var node = configuration.FindNode(name);
        fault = node is not null ? ""
            : $"\"{name}\" is not a configured node" + SimilarName.Hint(name, configuration.Nodes.Select(other => other.Name));
        return node;
    }

    private static NodeDefinition? OnlyMaster(MerlinConfiguration configuration, out string fault)
    {
        NodeDefinition[] masters = [.. configuration.Nodes.Where(node => node.Kind == NodeKind.Master)];
        fault = masters.Length == 1 ? "" : "from which node?";
        return masters.Length == 1 ? masters[0] : null;
    }

    /// <summary>The node that runs this over ssh: it does not know what it is called here.</summary>
    private static NodeDefinition? Caller(MerlinConfiguration configuration, string any, out string fault)
    {
        var connection = Environment.GetEnvironmentVariable(ConnectionVariable)?.Split(' ');
        ImmutableArray<string> names =
        [
            .. any.Split(',', StringSplitOptions.RemoveEmptyEntries),
            .. connection is [{ Length: > 0 } address, ..] ? [address] : Array.Empty<string>(),
        ];
        var node = configuration.Nodes.FirstOrDefault(node => names.Contains(node.Name) || names.Contains(node.Address));
        fault = node is not null ? "" : $"merlin.conf there has no node that is {string.Join(" or ", names)}";
        return node;
    }
}
