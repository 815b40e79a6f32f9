using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Cli.Outcome;
using Compeer.Cli.Transfer;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf receive</c></summary>
internal sealed class OconfReceiveCommand : MonCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "receive", "", "Plumbing of \"mon oconf push\": the other end of the connection.")
    {
        Details =
        [
            "What it runs on the other node over ssh. It says where what is pushed goes, and",
            "when that has come it has it checked, put in place and taken up.",
        ],
    };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        using var input = new StreamReader(context.Machine.Streams.Input);
        if (await TransferLine.ReadAsync(input, cancellation).ConfigureAwait(false) is not { } asked)
        {
            return Fail(context, "standard input does not say what to do; this is for \"mon oconf push\" to use");
        }

        var received = new ReceivedConfiguration(context);
        IDisposable? held = null;
        try
        {
            var answer = ImmutableArray.CreateBuilder<TransferLine>();
            if (asked.Has(TransferVerb.Configuration) || asked.Has(TransferVerb.Objects))
            {
                held = await PrepareAsync(received, asked, context, answer, cancellation).ConfigureAwait(false);
            }

            if (!asked.Has(TransferVerb.DryRun))
            {
                BackupFolder.Prune(context);
            }

            answer.Add(new TransferLine(TransferVerb.Backup, BackupFolder.Of(context)));
            answer.AddRange(asked.Where(line => line.Verb is TransferVerb.File or TransferVerb.Folder)
                .Select(line => ReceivedPath.Prepare(
                    line.Text, line.Verb == TransferVerb.Folder, asked.Has(TransferVerb.DryRun))));
            await TransferLine.WriteAsync(context.Out, answer, cancellation).ConfigureAwait(false);
            if (await TransferLine.ReadAsync(input, cancellation).ConfigureAwait(false) is { } next)
            {
                await TransferLine.WriteAsync(
                    context.Out,
                    await DoAsync(received, asked, next, context, cancellation).ConfigureAwait(false),
                    cancellation).ConfigureAwait(false);
            }
        }
        catch (MonException e)
        {
            await TransferLine.WriteAsync(context.Out, [new TransferLine(TransferVerb.Failed, e.Message)], cancellation)
                .ConfigureAwait(false);
        }
        finally
        {
            held?.Dispose();
        }

        return ExitCodes.Success;
    }

    private static async Task<IDisposable?> PrepareAsync(
        ReceivedConfiguration received,
        ImmutableArray<TransferLine> asked,
        CommandContext context,
        ImmutableArray<TransferLine>.Builder answer,
        CancellationToken cancellation)
    {
        var mainFile = context.Paths.FindMainConfiguration();
        var root = Path.GetDirectoryName(mainFile)!;
        if (received.Problem is { } problem)
        {
            throw new MonException(problem);
        }

        // Merlin's default is the folder above, where its rsync puts the folder that it was given.
        if (asked.Find(TransferVerb.Destination)?.TrimEnd('/') is { } wanted && wanted != root && wanted != Path.GetDirectoryName(root))
        {
            throw new MonException($"object_config has dest = {wanted}, and that node reads its configuration from {root}");
        }

        answer.Add(new TransferLine(TransferVerb.Root, root));
        answer.Add(new TransferLine(TransferVerb.Rsync, received.Rsync));
        if (asked.Has(TransferVerb.DryRun))
        {
            answer.Add(new TransferLine(TransferVerb.Staging, root));
            await context.Mond.RunAsync(
                ["--manifest", mainFile],
                line => answer.Add(new TransferLine(TransferVerb.Manifest, line)),
                _ => { },
                cancellation).ConfigureAwait(false);
            return null;
        }

        (var folder, var held) = await received.StageAsync(cancellation).ConfigureAwait(false);
        answer.Add(new TransferLine(TransferVerb.Staging, folder));
        return held;
    }

    private static async Task<IReadOnlyList<TransferLine>> DoAsync(
        ReceivedConfiguration received,
        ImmutableArray<TransferLine> asked,
        ImmutableArray<TransferLine> next,
        CommandContext context,
        CancellationToken cancellation)
    {
        var lines = new List<TransferLine>();
        if (next.Has(TransferVerb.Install) || next.Has(TransferVerb.Place))
        {
            lines.AddRange(await received.InstallAsync(
                asked.Find(TransferVerb.From) ?? "another node", next.Has(TransferVerb.Install), cancellation).ConfigureAwait(false));
        }

        if (next.Has(TransferVerb.Reload))
        {
            var answer = await context.Client.ReloadAsync(isConfirmed: false, cancellation).ConfigureAwait(false);
            lines.Add(answer.TryGet(out var reload, out var error)
                ? new TransferLine(reload.Applied ? TransferVerb.Did : TransferVerb.Failed, $"reloaded for its files: {reload.Summary}")
                : new TransferLine(TransferVerb.Failed, $"cannot be reloaded for its files: {error.Message}"));
        }

        return lines;
    }
}
