using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Cli.Remote;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf fetch</c></summary>
internal sealed class OconfFetchCommand : MonCommand
{
    private readonly Option<bool> _dryRun = new("--dryrun", "-n");
    private readonly Option<bool> _sync = new("--sync");
    private readonly Option<bool> _verbose = new("--verbose");
    private readonly Option<string> _any = new("--any");
    private readonly Argument<string?> _name = new("name") { Arity = ArgumentArity.ZeroOrOne };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "fetch", "[--dryrun] [--sync] [--verbose] [name]", "Fetch this node's object configuration from another node.")
    {
        Details =
        [
            "From a peer it is the whole configuration, from a master the file that it has",
            "for this node in var/cache/config; fetch_name in the master's object_config says",
            "under which name. It is checked here, takes the place of what is here, and is",
            "taken up without a gap in checking. What was here is kept: see 'mon oconf",
            "versions'. It decides between configurations that have nothing in common, as",
            "'mon oconf push' does.",
        ],
        Options =
        [
            ("--dryrun", "change nothing, and say what would change, file by file"),
            ("--sync", "fetch the paths of the node's sync { } as well"),
            ("--verbose", "name every file of those paths that changes"),
            ("--any=NAMES", "for \"mon oconf remote-fetch\": what the node that asks is called"),
            ("name", "a peer or master as \"mon node list\" shows it; the only master when none is named"),
        ],
        Examples = ["mon oconf fetch peer01", "mon oconf fetch --dryrun --sync master01"],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Options.Add(_dryRun);
        syntax.Options.Add(_sync);
        syntax.Options.Add(_verbose);
        syntax.Options.Add(_any);
        syntax.Arguments.Add(_name);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (new MerlinConfigurationFile(context.Paths.MerlinConfiguration).ReadConfiguration(context.Error) is not { } configuration)
        {
            return ExitCodes.Failure;
        }

        var any = arguments.GetValue(_any);
        if (FetchSource.Find(configuration, arguments.GetValue(_name), any, out var fault) is not { } source)
        {
            return FailUsage(context, fault);
        }

        // Who is told to fetch does it in its own way, when it has one.
        if (any is not null && source.Settings?.Fetch is { } command)
        {
            return MerlinWord.IsNo(command)
                ? Fail(context, $"{source.Node.Name} asks this node to fetch, and its object_config here says fetch = {command}")
                : await AttendedCommand.RunAsync(command, context.Time, cancellation).ConfigureAwait(false);
        }

        var fetch = new NodeFetch(
            context,
            source,
            arguments.GetValue(_dryRun),
            arguments.GetValue(_verbose),
            arguments.GetValue(_sync) ? source.Node.Sync : []);
        return await fetch.RunAsync(cancellation).ConfigureAwait(false)
            ? ExitCodes.Success
            : Fail(context, "not all of it was taken up; what failed stays as it was");
    }
}
