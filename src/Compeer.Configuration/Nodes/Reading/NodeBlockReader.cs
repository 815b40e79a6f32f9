using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes.Syntax;

namespace Compeer.Configuration.Nodes.Reading;

/// <summary>
/// Reads a <c>peer</c>, <c>poller</c> or <c>master</c> block. Of a key given twice the last counts, as in Merlin.
/// </summary>
internal sealed class NodeBlockReader(MerlinValues values, MerlinFindings findings)
{
    /// <summary>The node; null when it has no usable name.</summary>
    public NodeDefinition? Read(MerlinBlock block, NodeKind kind)
    {
        var node = new NodeDefinition
        {
            Name = block.Name,
            Kind = kind,
            Address = "",
            Port = NodeDefinition.DefaultPort,
            HostGroups = [],
            DataTimeout = null,
            Takeover = kind == NodeKind.Poller,
            Connect = true,
            Notifies = true,
            FixedSourcePort = false,
            Encrypted = true,
            PublicKeyFile = null,
            Uuid = null,
            AutoDelete = null,
            AcceptRunCommand = false,
            ObjectConfig = null,
            Sync = [],
            SyncRestarts = false,
            SourceLine = block.Line,
        };

        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var statement in block.Statements)
        {
            var key = statement.Key.ToUpperInvariant();
            WarnIfRepeated(statement, key, seen);
            node = Apply(node, statement, key);
        }

        foreach (var inner in block.Blocks)
        {
            node = ApplyBlock(node, inner);
        }

        return Complete(node);
    }

    private void WarnIfRepeated(MerlinStatement statement, string key, Dictionary<string, int> seen)
    {
        if (key is not ("HOSTGROUP" or "HOSTGROUPS") && !seen.TryAdd(key, statement.Line))
        {
            findings.Warn(statement.Line, $"{statement.Key} was set on line {seen[key]} already; this one counts");
        }
    }

    private NodeDefinition Apply(NodeDefinition node, MerlinStatement statement, string key)
    {
        switch (key)
        {
            case "ADDRESS" or "HOST":
                return node with { Address = values.Address(statement) ?? node.Address };
            case "PORT":
                return node with { Port = values.Port(statement) ?? node.Port };
            case "HOSTGROUP" or "HOSTGROUPS":
                return node with { HostGroups = ReadHostGroups(node, statement) };
            case "DATA_TIMEOUT":
                return node with { DataTimeout = values.Seconds(statement, minimum: 1, MerlinValues.Day) };
            case "TAKEOVER":
                return node with { Takeover = values.Flag(statement) ?? node.Takeover };
            case "CONNECT":
                return node with { Connect = values.Flag(statement) ?? node.Connect };
            case "NOTIFIES":
                return node with { Notifies = values.Flag(statement) ?? node.Notifies };
            case "FIXED_SRCPORT":
                return node with { FixedSourcePort = values.Flag(statement) ?? node.FixedSourcePort };
            case "ENCRYPTED":
                return node with { Encrypted = values.Flag(statement) ?? node.Encrypted };
            case "PUBLICKEY":
                return node with { PublicKeyFile = values.Text(statement) };
            case "UUID":
                return node with { Uuid = values.Text(statement) };
            case "AUTO_DELETE":
                return node with
                {
                    AutoDelete = values.Seconds(statement, minimum: 0, MerlinValues.Day) is { Ticks: > 0 } time ? time : null,
                };
            case "ACCEPT_RUNCMD":
                return node with { AcceptRunCommand = values.Flag(statement) ?? node.AcceptRunCommand };
            case "MAX_SYNC_ATTEMPTS":
                // Merlin accepts it and does nothing with it either: giving up on a neighbour helps nobody.
                return node;
            default:
                findings.Warn(
                    statement.Line,
                    $"unknown key \"{statement.Key}\" of node {node.Name}; it has no effect"
                    + SimilarName.Hint(statement.Key, MerlinKeys.Node));
                return node;
        }
    }

    private ImmutableArray<string> ReadHostGroups(NodeDefinition node, MerlinStatement statement)
    {
        if (values.Text(statement) is not { } text)
        {
            return node.HostGroups;
        }

        if (node.Kind == NodeKind.Master)
        {
            findings.Warn(statement.Line, $"{statement.Key} has no effect on a master");
        }

        var groups = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (groups.Length == 0)
        {
            findings.Error(statement.Line, $"{statement.Key} \"{text}\" names no host group");
        }

        return [.. node.HostGroups.Concat(groups).Distinct(StringComparer.Ordinal)];
    }

    private NodeDefinition ApplyBlock(NodeDefinition node, MerlinBlock block)
    {
        switch (block.Type.ToUpperInvariant())
        {
            case "OBJECT_CONFIG":
                return node with { ObjectConfig = ObjectConfigBlockReader.Read(block, values, findings) };
            case "SYNC":
                return SyncBlockReader.Read(node, block, values, findings);
            default:
                findings.Error(
                    block.Line,
                    $"unknown block \"{block.Type}\" in node {node.Name}; known are object_config and sync"
                    + SimilarName.Hint(block.Type, ["object_config", "sync"]));
                return node;
        }
    }

    private NodeDefinition? Complete(NodeDefinition node)
    {
        // Merlin calls a node without a name by its address.
        var name = node.Name.Length == 0 ? node.Address : node.Name;
        if (NodeName.FindFault(name) is { } fault)
        {
            findings.Error(node.SourceLine, fault);
            return null;
        }

        if (node.Kind == NodeKind.Poller && node.HostGroups.IsEmpty)
        {
            findings.Error(node.SourceLine, $"poller {name} needs a hostgroup: \"hostgroup = NAME[, NAME …]\"");
        }

        return node with { Name = name, Address = node.Address.Length == 0 ? name : node.Address };
    }
}
