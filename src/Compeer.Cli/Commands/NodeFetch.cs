using System.Collections.Immutable;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;
using Compeer.Cli.Remote;
using Compeer.Cli.Transfer;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;

namespace Compeer.Cli.Commands;

/// <summary>Brings this node what another one has: one connection of ssh talks with <c>mon oconf offer</c> there, rsync brings it in
/// connections of its own.</summary>
/// <param name="context">What a command works with.</param>
/// <param name="source">Where it comes from.</param>
/// <param name="isDryRun">Whether it is only said what would change.</param>
/// <param name="isVerbose">Whether every file is named.</param>
/// <param name="paths">The paths that come along.</param>
internal sealed class NodeFetch(
    CommandContext context, FetchSource source, bool isDryRun, bool isVerbose, ImmutableArray<SyncEntry> paths)
{
    private const string OtherEnd = "mon oconf offer";
    private const int CommandNotFound = 127;

    private readonly string _ssh = RsyncCommandLine.Ssh(context.Machine.Ssh, source.Remote);

    /// <summary>Does it.</summary>
    /// <returns>Whether all of it was done; what was not was said.</returns>
    /// <exception cref="MonException">It cannot be done.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var received = new ReceivedConfiguration(context);
        if (received.Problem is { } problem)
        {
            throw new MonException(problem);
        }

        var name = source.Node.Name;
        var machine = context.Machine;
        using var conversation = SshConversation.Begin(
            machine.Ssh, source.Remote, OtherEnd, new NamedOutput(name, machine.Streams.Error, new Lock()));
        var answer = await AskAsync(conversation, cancellation).ConfigureAwait(false);
        if (answer is not { } offered)
        {
            var outcome = await conversation.EndAsync(name, context.Time, cancellation).ConfigureAwait(false);
            throw new MonException(outcome switch
            {
                { NotReached: { } why } => $"{name} is not reached: {why}",
                { ExitCode: CommandNotFound } => $"there is no mon on {name}; install the package there first",
                _ => $"the mon of {name} gave no answer (exit code {outcome.ExitCode})",
            });
        }

        foreach (var line in offered.Where(line => line.Verb == TransferVerb.Said))
        {
            context.Error.WriteLine($"{name}: {line.Text}");
        }

        if (offered.Find(TransferVerb.Failed) is { } failure)
        {
            throw new MonException($"{name}: {failure}");
        }

        var isDone = await FetchPathsAsync(offered, cancellation).ConfigureAwait(false);
        isDone &= await FetchConfigurationAsync(received, offered, cancellation).ConfigureAwait(false);
        await conversation.EndAsync(name, context.Time, cancellation).ConfigureAwait(false);
        return isDone;
    }

    private async Task<ImmutableArray<TransferLine>?> AskAsync(SshConversation conversation, CancellationToken cancellation)
    {
        TransferLine[] question =
        [
            new(TransferVerb.From, context.Machine.HostName),
            source.PollerName is { } poller ? new(TransferVerb.Objects, poller) : new(TransferVerb.Configuration, ""),
            .. paths.Select(path => new TransferLine(TransferVerb.File, path.Source)),
        ];
        try
        {
            await TransferLine.WriteAsync(conversation.Ask, question, cancellation).ConfigureAwait(false);
            return await TransferLine.ReadAsync(conversation.Answer, cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It has ended already, and its exit code tells more.
            return null;
        }
    }

    private async Task<bool> FetchConfigurationAsync(
        ReceivedConfiguration received, ImmutableArray<TransferLine> offered, CancellationToken cancellation)
    {
        var mainFile = context.Paths.FindMainConfiguration();
        var root = Path.GetDirectoryName(mainFile)!;
        var from = offered.Find(TransferVerb.Offered) ?? throw new MonException($"{source.Node.Name} offers no configuration");
        if (isDryRun && source.PollerName is null)
        {
            return await TellChangesAsync(offered, mainFile, cancellation).ConfigureAwait(false);
        }

        using var temporary = TemporaryFolder.Make();
        var folder = temporary.Path;
        var objects = $"{folder}/{PollerMainFile.ObjectFile}";
        Directory.CreateDirectory(Path.GetDirectoryName(objects)!);
        var run = await RsyncRun.RunAsync(
            source.PollerName is null
                ? ["rsync", .. RsyncCommandLine.ForConfiguration(_ssh, null, root, RsyncCommandLine.At(source.Remote, from), folder)]
                : ["rsync", .. RsyncCommandLine.ForFile(_ssh, RsyncCommandLine.At(source.Remote, from), objects)],
            context.Time,
            cancellation).ConfigureAwait(false);
        if (!run.IsDone)
        {
            context.Error.WriteLine($"the configuration was not fetched: {run.Problem}");
            return false;
        }

        if (isDryRun)
        {
            TellChange($"{root}/{PollerMainFile.ObjectFile}", objects);
            return true;
        }

        return await InstallAsync(received, folder, cancellation).ConfigureAwait(false);
    }

    private async Task<bool> InstallAsync(ReceivedConfiguration received, string folder, CancellationToken cancellation)
    {
        (var staging, var held) = await received.StageAsync(cancellation).ConfigureAwait(false);
        using (held)
        {
            await received.CopyAsync(folder, staging, cancellation).ConfigureAwait(false);
            var isDone = true;
            foreach (var line in await received.InstallAsync(source.Node.Name, takesUp: true, cancellation).ConfigureAwait(false))
            {
                isDone &= line.Verb != TransferVerb.Failed;
                (line.Verb == TransferVerb.Did ? context.Out : context.Error).WriteLine(
                    line.Verb == TransferVerb.Did ? $"this node {line.Text}" : line.Text);
            }

            return isDone;
        }
    }

    private async Task<bool> TellChangesAsync(
        ImmutableArray<TransferLine> offered, string mainFile, CancellationToken cancellation)
    {
        var there = offered.Where(line => line.Verb == TransferVerb.Manifest).Select(line => line.Text);
        var here = new List<string>();
        await context.Mond.RunAsync(["--manifest", mainFile], here.Add, _ => { }, cancellation).ConfigureAwait(false);
        if (ManifestOf(there) is not { } next)
        {
            throw new MonException($"what {source.Node.Name} says that it has is not understood");
        }

        var changes = ManifestChanges.Between(ManifestOf(here), next).ToList();
        changes.ForEach(context.Out.WriteLine);
        if (changes.Count == 0)
        {
            context.Out.WriteLine("this node has the same configuration");
        }

        return true;
    }

    private static ConfigurationManifest? ManifestOf(IEnumerable<string> lines) =>
        ConfigurationManifest.Decode(ConfigurationText.Encode(string.Concat(lines.Select(line => line + "\n")))).Manifest;

    private void TellChange(string present, string next)
    {
        var isThere = File.Exists(present);
        var isSame = isThere && File.ReadAllBytes(present).AsSpan().SequenceEqual(File.ReadAllBytes(next));
        context.Out.WriteLine(isSame ? $"has the same {present}" : $"would {(isThere ? "change" : "add")} {present}");
    }

    private async Task<bool> FetchPathsAsync(ImmutableArray<TransferLine> offered, CancellationToken cancellation)
    {
        if (!isDryRun)
        {
            BackupFolder.Prune(context);
        }

        var isDone = true;
        var kinds = offered.Where(line => line.Verb is TransferVerb.File or TransferVerb.Folder or TransferVerb.Refused).ToList();
        for (var i = 0; i < paths.Length; i++)
        {
            var kind = i < kinds.Count ? kinds[i] : new TransferLine(TransferVerb.Refused, "nothing was said of it");
            var isFolder = kind.Verb == TransferVerb.Folder;
            var target = kind.Verb == TransferVerb.Refused
                ? kind
                : ReceivedPath.Prepare($"{paths[i].Source}{TransferLine.Separator}{paths[i].Destination}", isFolder, isDryRun);
            if (target.Verb == TransferVerb.Refused)
            {
                isDone = false;
                context.Error.WriteLine($"{paths[i].Source}: {target.Text}");
                continue;
            }

            var backup = BackupFolder.Of(context) + (isFolder ? target.Text : Path.GetDirectoryName(target.Text));
            var run = await RsyncRun.RunAsync(
                ["rsync", .. RsyncCommandLine.ForPath(
                    _ssh, backup, isFolder, isDryRun, RsyncCommandLine.At(source.Remote, paths[i].Path), target.Text)],
                context.Time,
                cancellation).ConfigureAwait(false);
            isDone &= run.IsDone;
            Tell(paths[i].Source, run);
        }

        return isDone;
    }

    private void Tell(string path, RsyncRun run)
    {
        if (isDryRun || isVerbose)
        {
            foreach ((var verb, var file) in run.Changes.All)
            {
                context.Out.WriteLine($"{path}: {(isDryRun ? "would " : "")}{verb} {file}");
            }
        }

        (run.IsDone ? context.Out : context.Error).WriteLine($"{path}: {(run.IsDone ? run.Changes.ToString() : run.Problem)}");
    }
}
