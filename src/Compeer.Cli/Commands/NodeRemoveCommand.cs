using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Nodes.Editing;
using Compeer.Configuration.Nodes.Reading;

namespace Compeer.Cli.Commands;

/// <summary><c>mon node remove</c></summary>
internal sealed class NodeRemoveCommand : MonCommand
{
    private readonly Argument<string[]> _names = new("names") { Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new("node", "remove", "<name> [name …]", "Remove nodes from merlin.conf.")
    {
        Details =
        [
            "Only the nodes' own blocks are taken out. A name that is not configured is",
            "reported, and the others are removed all the same. This machine's own name is",
            "none of its nodes, and done with: a line for all nodes may reach the one that",
            "it removes. A running mond takes the change up at once.",
        ],
        Options = [("name", "a node as \"mon node list\" shows it")],
        ExitCodes = [("0", "all are gone"), ("1", "at least one was not"), ("2", "the command line makes no sense")],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Arguments.Add(_names);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        string[] names = [.. (arguments.GetValue(_names) ?? []).Distinct(StringComparer.Ordinal)];
        if (names.Length == 0)
        {
            return FailUsage(context, "which node?");
        }

        var file = new MerlinConfigurationFile(context.Paths.MerlinConfiguration);
        var removed = new List<(string Name, NodeKind Kind)>();
        var own = new List<string>();
        file.Change(content => Remove(context, file.Path, content, names, removed, own));
        var done = removed.Count + own.Count == names.Length;
        if (removed.Count == 0)
        {
            return done ? ExitCodes.Success : ExitCodes.Failure;
        }

        foreach ((var name, var kind) in removed)
        {
            context.Out.WriteLine($"Successfully removed {NodeKinds.NameOf(kind)} node '{name}'");
        }

        var reloaded = await DaemonControl.ReloadNodesAsync(context, Help.Path, cancellation).ConfigureAwait(false);
        return done ? reloaded : ExitCodes.Failure;
    }

    private ReadOnlyMemory<byte>? Remove(
        CommandContext context,
        string path,
        byte[] content,
        string[] names,
        List<(string Name, NodeKind Kind)> removed,
        List<string> own)
    {
        ReadOnlyMemory<byte> changed = content;
        foreach (var name in names)
        {
            var kind = MerlinConfigurationReader.Read(path, changed).Configuration?.FindNode(name)?.Kind;
            var edit = MerlinConfigurationEditor.RemoveNode(path, changed, name);
            if (edit.Content is { } next && kind is { } known)
            {
                removed.Add((name, known));
                changed = next;
                continue;
            }

            if (kind is null && context.Machine.IsCalled(name) && edit.Diagnostics.All(d => d.Position.Line == 0))
            {
                own.Add(name);
                context.Out.WriteLine($"{name} is this machine itself: it has no block here, nothing is to be removed");
                continue;
            }

            foreach (var diagnostic in edit.Diagnostics)
            {
                context.Error.WriteLine(diagnostic.Position.Line == 0 ? $"mon {Help.Path}: {diagnostic.Message}" : diagnostic.ToString());
            }

            if (kind is null && edit.Diagnostics.Any(d => d.Position.Line > 0))
            {
                // The file itself is wrong, and would be for every other name as well.
                break;
            }
        }

        // Not "? null :": of the two types it would take the memory's, where null is an empty file.
        return removed.Count == 0 ? default(ReadOnlyMemory<byte>?) : changed;
    }
}
