using System.CommandLine;
using Compeer.Cli.Plugins;

namespace Compeer.Cli.Commands;

/// <summary><c>mon check test</c></summary>
internal sealed class CheckTestCommand : MonCommand
{
    private readonly Argument<string?> _host = new("host") { Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> _service = new("service") { Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _node = new("--node");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "check", "test", "[--node=NODE] HOST [SERVICE]", "Run a check once where it is run, and show what the plugin says.")
    {
        Details =
        [
            "The check of a host, or of a service of it, by the check command that is in",
            "effect. Nothing comes of the result: no state, no notification, no other time",
            "for its next check. Another node runs it when its merlin.conf has",
            "\"accept_runcmd = 1\" in the block of this node, its master or peer. The check",
            "has its own time limit, 115 s at most; 16 KiB of its output are shown.",
        ],
        Options =
        [
            ("HOST", "the host's name"),
            ("SERVICE", "the service's description"),
            ("--node=NODE", "the neighbour that runs it; without it, the node that checks the object"),
        ],
        Examples = ["mon check test web01", "mon check test web01 PING", "mon check test --node=poller1 web01 PING"],
        ExitCodes =
        [
            ("0-2", "what the plugin ended with"),
            ("3", "the same, or it ended with another code, or was not run: UNKNOWN, and why"),
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Arguments.Add(_host);
        syntax.Arguments.Add(_service);
        syntax.Options.Add(_node);
    }

    /// <inheritdoc/>
    public override int Refuse(CommandContext context, string fault) => Say(context, $"{fault}; usage: {Help.UsageLine}");

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (arguments.GetValue(_host) is not { Length: > 0 } host)
        {
            return Refuse(context, "there is no host");
        }

        var answer = await context.Client
            .TestCheckAsync(host, arguments.GetValue(_service), arguments.GetValue(_node), cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out var result, out var error))
        {
            return Say(context, error.Message);
        }

        if (result.Output.Length > 0)
        {
            context.Out.WriteLine(result.Output.TrimEnd('\n'));
        }

        if (result.Problem.Length > 0)
        {
            return Say(context, $"{result.Node}: {result.Problem}");
        }

        return result.ReturnCode is >= 0 and <= (int)PluginState.Unknown
            ? result.ReturnCode
            : Say(context, $"{result.Node}: the plugin ended with {result.ReturnCode}, which is no state");
    }

    /// <summary>As the plugins of this category: one line on standard output.</summary>
    private static int Say(CommandContext context, string what) =>
        new PluginResult(PluginState.Unknown, what).Write(context.Out);
}
