using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes.Syntax;

namespace Compeer.Configuration.Nodes.Reading;

/// <summary>
/// Reads merlin.conf. What Merlin accepts is accepted; a key that is not known is a warning, because many files in use
/// have one. Every error of the file is reported, not only the first.
/// </summary>
public static class MerlinConfigurationReader
{
    /// <summary>Most nodes in one file.</summary>
    public const int MaximumNodes = 1000;

    private static readonly string[] BlockTypes = [.. NodeKinds.Names, "daemon", "module"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's name, for diagnostics.</param>
    /// <param name="content">Its bytes: UTF-8, or Latin-1 where they are not valid UTF-8.</param>
    public static MerlinConfigurationResult Read(string path, ReadOnlyMemory<byte> content)
    {
        ArgumentNullException.ThrowIfNull(path);
        var findings = new MerlinFindings(path);
        var root = MerlinSyntaxParser.Parse(MerlinText.FromBytes(content.Span), findings);
        var configuration = Interpret(root, new MerlinValues(findings), findings);
        return new MerlinConfigurationResult(findings.HasErrors ? null : configuration, findings.ToDiagnostics());
    }

    private static MerlinConfiguration Interpret(MerlinBlock root, MerlinValues values, MerlinFindings findings)
    {
        var daemon = new DaemonBlockReader(values, findings);
        var settings = daemon.ReadGlobals(root);
        var nodes = ImmutableArray.CreateBuilder<NodeDefinition>();
        var nodeReader = new NodeBlockReader(values, findings);
        foreach (var block in root.Blocks)
        {
            if (NodeKinds.Find(block.Type) is { } kind)
            {
                if (nodeReader.Read(block, kind) is { } node)
                {
                    nodes.Add(node);
                }
            }
            else if (IsType(block, "daemon"))
            {
                daemon.ReadDaemon(block);
            }
            else if (IsType(block, "module"))
            {
                daemon.ReadModule(block);
            }
            else if (!IsType(block, "test"))
            {
                // Merlin keeps "test" for its own tests. Any other unknown block may be a neighbour with a typing
                // error, and going on without a neighbour would be silence.
                findings.Error(
                    block.Line,
                    $"unknown block \"{block.Type}\"; known are peer, poller, master, daemon and module"
                    + SimilarName.Hint(block.Type, BlockTypes));
            }
        }

        NodeChecks.Check(nodes, findings);
        return new MerlinConfiguration
        {
            Nodes = nodes.DrainToImmutable(),
            Daemon = daemon.Daemon,
            Module = daemon.Module,
            Settings = settings,
            PulseInterval = daemon.PulseInterval,
            Uuid = daemon.Uuid,
        };
    }

    private static bool IsType(MerlinBlock block, string type) =>
        string.Equals(block.Type, type, StringComparison.OrdinalIgnoreCase);
}
