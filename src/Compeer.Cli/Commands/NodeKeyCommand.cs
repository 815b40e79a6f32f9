using System.CommandLine;

namespace Compeer.Cli.Commands;

/// <summary><c>mon node key</c></summary>
internal sealed class NodeKeyCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "node", "key", "", "Print this node's public key, made when there is none yet.")
    {
        Details =
        [
            "Put into a file, it is what \"publickey = FILE\" of this node's neighbours takes.",
        ],
        Examples = ["ssh peer02 mon node key > /opt/monitor/op5/merlin/peer02.pem"],
    };

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation) =>
        context.Mond.RunAsync(["--print-key"], context.Out.WriteLine, context.Error.WriteLine, cancellation);
}
