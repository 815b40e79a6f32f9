using Compeer.Configuration.Nodes.Syntax;

namespace Compeer.Configuration.Nodes.Reading;

/// <summary>
/// Reads a <c>sync</c> block: lines of <c>path</c>, <c>path = yes</c>, <c>path = dest</c> or <c>path dest</c>, and
/// <c>path = accept</c> (what the other sends to that path is taken, nothing is sent), and <c>restart = yes</c>.
/// </summary>
internal static class SyncBlockReader
{
    /// <summary>The node with what the block says.</summary>
    public static NodeDefinition Read(NodeDefinition node, MerlinBlock block, MerlinValues values, MerlinFindings findings)
    {
        ObjectConfigBlockReader.RefuseBlocks(block, findings);
        var entries = node.Sync.ToBuilder();
        var accepts = node.SyncAccepts.ToBuilder();
        var restarts = node.SyncRestarts;
        foreach (var statement in block.Statements)
        {
            if (string.Equals(statement.Key, "restart", StringComparison.OrdinalIgnoreCase))
            {
                restarts = values.Flag(statement) ?? restarts;
            }
            else if (string.Equals(statement.Value, "accept", StringComparison.OrdinalIgnoreCase)
                && SyncEntry.Problem(statement.Key).Length == 0)
            {
                accepts.Add(statement.Key.TrimEnd('/'));
            }
            else if (ReadEntry(statement, findings) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return node with { Sync = entries.DrainToImmutable(), SyncAccepts = accepts.DrainToImmutable(), SyncRestarts = restarts };
    }

    private static SyncEntry? ReadEntry(MerlinStatement statement, MerlinFindings findings)
    {
        var source = statement.Key;
        if (SyncEntry.Problem(source) is { Length: > 0 } problem)
        {
            findings.Error(statement.Line, $"sync path \"{source}\" {problem}");
            return null;
        }

        switch (statement.Value?.ToUpperInvariant())
        {
            case null or "YES" or "Y" or "TRUE" or "ON" or "1":
                return new SyncEntry(source, source);
            case "NO" or "N" or "FALSE" or "OFF" or "0":
                return null;
            default:
                if (SyncEntry.Problem(statement.Value) is { Length: > 0 } fault)
                {
                    findings.Error(statement.Line, $"destination \"{statement.Value}\" of sync path {source} {fault}");
                    return null;
                }

                return new SyncEntry(source, statement.Value);
        }
    }
}
