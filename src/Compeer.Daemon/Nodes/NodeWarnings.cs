using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;

namespace Compeer.Daemon.Nodes;

/// <summary>
/// What merlin.conf asks for that does not come about, each with its place: said by a verification, at each start and when it
/// is new after a change, so that nobody waits for it.
/// </summary>
internal static class NodeWarnings
{
    /// <summary>One for each thing; none when all of the node's block has its effect.</summary>
    public static IEnumerable<Diagnostic> Of(string merlinFile, KnownNode node)
    {
        var definition = node.Definition;
        foreach (var (key, reason) in KeysWithoutEffect(definition))
        {
            yield return Warning($": {key} has no effect: {reason}");
        }

        if (node.Pin is null)
        {
            yield return Warning($" cannot be connected: {node.KeyProblem}");
        }

        Diagnostic Warning(string what) => new(
            DiagnosticSeverity.Warning, new SourcePosition(merlinFile, definition.SourceLine), $"node {definition.Name}{what}");
    }

    /// <summary>Keys of its block that are not what they are by default, and why nothing comes of them.</summary>
    private static IEnumerable<(string Key, string Reason)> KeysWithoutEffect(NodeDefinition node)
    {
        const string ByKey = "a node is known by its key, wherever its connection comes from";
        (string Key, bool IsSet, string Reason)[] keys =
        [
            ("takeover", node.Kind != NodeKind.Poller && node.Takeover, "it is for pollers"),
            ("notifies", node.Kind != NodeKind.Poller && !node.Notifies, "it is for pollers"),
            ("fixed_srcport", node.FixedSourcePort, ByKey),
            ("encrypted", !node.Encrypted, "links are always encrypted"),
            ("auto_delete", node.AutoDelete is not null && node.Kind != NodeKind.Poller, "it is for pollers"),
            ("accept_runcmd", node.AcceptRunCommand && node.Kind == NodeKind.Poller, "only peers and masters may test checks of this node"),
        ];
        return keys.Where(key => key.IsSet).Select(key => (key.Key, key.Reason));
    }
}
