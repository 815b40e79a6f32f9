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
        string[] keys = [.. KeysWithoutEffect(definition)];
        if (keys.Length > 0)
        {
            yield return Warning($": set but without effect yet: {string.Join(", ", keys)}");
        }

        if (node.Pin is null)
        {
            yield return Warning($" cannot be connected: {node.KeyProblem}");
        }

        Diagnostic Warning(string what) => new(
            DiagnosticSeverity.Warning, new SourcePosition(merlinFile, definition.SourceLine), $"node {definition.Name}{what}");
    }

    /// <summary>Keys of its block that are not what they are by default.</summary>
    private static IEnumerable<string> KeysWithoutEffect(NodeDefinition node)
    {
        (string Key, bool IsSet)[] keys =
        [
            ("takeover", node.Kind != NodeKind.Poller && node.Takeover),
            ("notifies", node.Kind != NodeKind.Poller && !node.Notifies),
            ("fixed_srcport", node.FixedSourcePort),
            ("encrypted", !node.Encrypted),
            ("uuid", node.Uuid is not null),
            ("auto_delete", node.AutoDelete is not null),
            ("accept_runcmd", node.AcceptRunCommand),
        ];
        return keys.Where(key => key.IsSet).Select(key => key.Key);
    }
}
