using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Cli.Transfer;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Text;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf offer</c></summary>
internal sealed class OconfOfferCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "offer", "", "Plumbing of \"mon oconf fetch\": the other end of the connection.")
    {
        Details =
        [
            "What it runs on the other node over ssh. It puts the configuration that is asked",
            "for into a folder, says which, and takes it away when the connection ends.",
        ],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        using var input = new StreamReader(context.Machine.Streams.Input);
        if (await TransferLine.ReadAsync(input, cancellation).ConfigureAwait(false) is not { } asked)
        {
            return Fail(context, "standard input does not say what to do; this is for \"mon oconf fetch\" to use");
        }

        using var said = new StringWriter();
        var outgoing = asked.Has(TransferVerb.Configuration)
            ? await OutgoingConfiguration
                .PrepareAsync(context with { Error = said }, context.Paths.FindMainConfiguration(), cancellation).ConfigureAwait(false)
            : null;
        try
        {
            var answer = ImmutableArray.CreateBuilder<TransferLine>();
            answer.AddRange(said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => new TransferLine(TransferVerb.Said, line)));
            if (outgoing is not null)
            {
                answer.Add(new TransferLine(TransferVerb.Offered, outgoing.Folder));
                answer.AddRange(ConfigurationText.Decode(outgoing.Manifest.Encode()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => new TransferLine(TransferVerb.Manifest, line)));
            }
            else if (asked.Has(TransferVerb.Configuration))
            {
                answer.Add(new TransferLine(TransferVerb.Failed, "the configuration there has errors"));
            }

            foreach (var line in asked.Where(line => line.Verb == TransferVerb.Objects))
            {
                answer.Add(await SplitAsync(line.Text, context, cancellation).ConfigureAwait(false));
            }

            answer.AddRange(asked.Where(line => line.Verb == TransferVerb.File).Select(line => KindOf(line.Text)));
            await TransferLine.WriteAsync(context.Out, answer, cancellation).ConfigureAwait(false);

            // Until it has been fetched, or whoever fetches it is gone.
            await TransferLine.ReadAsync(input, cancellation).ConfigureAwait(false);
        }
        finally
        {
            outgoing?.Dispose();
        }

        return ExitCodes.Success;
    }

    /// <summary>What a poller gets is made anew, unless somebody else makes it (<c>source</c>).</summary>
    private static async Task<TransferLine> SplitAsync(string poller, CommandContext context, CancellationToken cancellation)
    {
        if (new MerlinConfigurationFile(context.Paths.MerlinConfiguration).ReadConfiguration(context.Error) is not { } configuration)
        {
            return new TransferLine(TransferVerb.Failed, "merlin.conf there has errors");
        }

        if (configuration.FindNode(poller) is not { Kind: NodeKind.Poller } node)
        {
            return new TransferLine(TransferVerb.Failed, $"\"{poller}\" is no poller there");
        }

        if ((node.ObjectConfig ?? configuration.Daemon.ObjectConfig)?.Source is { } source)
        {
            return File.Exists(source)
                ? new TransferLine(TransferVerb.Offered, source)
                : new TransferLine(TransferVerb.Failed, $"there is no configuration for {poller} there ({source})");
        }

        var said = new List<string>();
        return await PollerSplit.MakeAsync([poller], context, _ => { }, said.Add, cancellation).ConfigureAwait(false)
            ? new TransferLine(TransferVerb.Offered, PollerSplit.FileOf(context.Paths, configuration, poller))
            : new TransferLine(TransferVerb.Failed, said.LastOrDefault() ?? $"the part for {poller} cannot be made there");
    }

    private static TransferLine KindOf(string source) => PushedPath.Find(new SyncEntry(source, source), out var problem) is { } path
        ? new TransferLine(path.IsFolder ? TransferVerb.Folder : TransferVerb.File, source)
        : new TransferLine(TransferVerb.Refused, problem);
}
