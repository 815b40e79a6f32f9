using System.CommandLine;
using Compeer.Cli.Remote;

namespace Compeer.Cli.Commands;

/// <summary><c>mon node run</c></summary>
internal sealed class NodeRunCommand : MonCommand
{
    private readonly Argument<string[]> _words = new("words") { Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "node", "run", "-- <command line>", "Plumbing of \"mon node ctrl\": run a command line while somebody listens.")
    {
        Details =
        [
            "What \"mon node ctrl\" starts over ssh at the other end. When the connection is",
            "gone, the command line is ended with all that it started; sshd alone would let",
            "it run on.",
        ],
        Options = [("command line", "one word, for the user's login shell")],
        ExitCodes = [("…", "that of the command line"), ("130", "it was ended"), ("2", "the command line makes no sense")],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Arguments.Add(_words);

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation) =>
        arguments.GetValue(_words) is [var command]
            ? AttendedCommand.RunAsync(command, context.Time, cancellation)
            : Task.FromResult(FailUsage(context, "one command line is expected"));
}
