using System.Collections.Immutable;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;
using Compeer.Cli.Remote;
using Compeer.Cli.Transfer;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;

namespace Compeer.Cli.Commands;

/// <summary>
/// Brings to one node what is planned for it. One connection of ssh talks with <c>mon oconf receive</c> there, which says where things
/// go and puts them in place; rsync brings them in connections of its own. Interrupted anywhere, the node has what it had.
/// </summary>
/// <param name="context">What a command works with.</param>
/// <param name="plan">What to bring.</param>
/// <param name="outgoing">The configuration; null when the node gets none, or one file of it.</param>
/// <param name="isDryRun">Whether it is only said what would change.</param>
/// <param name="takesUp">Whether the node is to work by it at once.</param>
/// <param name="lines">Where it is said.</param>
/// <param name="gate">Held while a line is written.</param>
internal sealed class NodePush(
    CommandContext context,
    PushPlan plan,
    OutgoingConfiguration? outgoing,
    bool isDryRun,
    bool takesUp,
    NodeLines lines,
    Lock gate)
{
    private const string OtherEnd = "mon oconf receive";
    private const int CommandNotFound = 127;

    private readonly List<string> _failures = [];
    private string _ssh = "";

    /// <summary>Does it.</summary>
    /// <returns>What failed, each in a few words; nothing when nothing did.</returns>
    public async Task<ImmutableArray<string>> RunAsync(CancellationToken cancellation)
    {
        var machine = context.Machine;
        _ssh = RsyncCommandLine.Ssh(machine.Ssh, plan.Remote);
        using var conversation = SshConversation.Begin(
            machine.Ssh, plan.Remote, OtherEnd, new NamedOutput(plan.Node.Name, machine.Streams.Error, gate));
        if (await AskAsync(conversation, Request(), cancellation).ConfigureAwait(false) is not { } answer)
        {
            await ExplainAsync(conversation, cancellation).ConfigureAwait(false);
        }
        else if (answer.Find(TransferVerb.Failed) is { } failure)
        {
            _failures.Add(failure);
        }
        else
        {
            await TransferAsync(conversation, answer, cancellation).ConfigureAwait(false);
            await conversation.EndAsync(plan.Node.Name, context.Time, cancellation).ConfigureAwait(false);
        }

        return [.. _failures];
    }

    private bool HasConfiguration => outgoing is not null || plan.ObjectFile is not null;

    private IEnumerable<TransferLine> Request() =>
    [
        new(TransferVerb.From, context.Machine.HostName),
        .. outgoing is null ? [] : new TransferLine[] { new(TransferVerb.Configuration, outgoing.Manifest.Hash) },
        .. plan.ObjectFile is null ? [] : new TransferLine[] { new(TransferVerb.Objects, "") },
        .. plan.Destination is null ? [] : new TransferLine[] { new(TransferVerb.Destination, plan.Destination) },
        .. isDryRun ? [new TransferLine(TransferVerb.DryRun, "")] : Array.Empty<TransferLine>(),
        .. plan.Paths.Select(path => new TransferLine(
            path.IsFolder ? TransferVerb.Folder : TransferVerb.File,
            $"{path.Entry.Source}{TransferLine.Separator}{path.Entry.Destination}")),
    ];

    private async Task TransferAsync(
        SshConversation conversation, ImmutableArray<TransferLine> answer, CancellationToken cancellation)
    {
        var isSent = HasConfiguration && await SendConfigurationAsync(answer, cancellation).ConfigureAwait(false);
        var changed = await SendPathsAsync(answer, cancellation).ConfigureAwait(false);
        TransferLine[] next =
        [
            .. isSent ? [new TransferLine(takesUp ? TransferVerb.Install : TransferVerb.Place, "")] : Array.Empty<TransferLine>(),
            .. changed && takesUp && plan.Node.SyncRestarts && !isDryRun
                ? [new TransferLine(TransferVerb.Reload, "")]
                : Array.Empty<TransferLine>(),
        ];
        if (next.Length == 0)
        {
            return;
        }

        if (await AskAsync(conversation, next, cancellation).ConfigureAwait(false) is not { } outcome)
        {
            _failures.Add("it was lost while it took it up; push again");
            return;
        }

        foreach (var line in outcome)
        {
            switch (line.Verb)
            {
                case TransferVerb.Said:
                    lines.Said(line.Text);
                    break;
                case TransferVerb.Did:
                    lines.Did(line.Text);
                    break;
                case TransferVerb.Failed:
                    _failures.Add(line.Text);
                    break;
                default:
                    break;
            }
        }
    }

    private async Task<bool> SendConfigurationAsync(ImmutableArray<TransferLine> answer, CancellationToken cancellation)
    {
        if (isDryRun && outgoing is not null)
        {
            TellChanges(answer, outgoing.Manifest);
            return false;
        }

        if (answer.Find(TransferVerb.Staging) is not { } staging || answer.Find(TransferVerb.Root) is not { } root
            || answer.Find(TransferVerb.Rsync) is not { } rsync)
        {
            _failures.Add("it did not say where the configuration goes");
            return false;
        }

        using var folder = outgoing is null ? FolderOfObjects(plan.ObjectFile!) : null;
        var from = outgoing?.Folder ?? folder!.Path;
        if (isDryRun)
        {
            var compared = await RsyncRun.RunAsync(
                ["rsync", .. RsyncCommandLine.ForPath(_ssh, "/", isFolder: false, isDryRun: true, $"{from}/{PollerMainFile.ObjectFile}",
                    RsyncCommandLine.At(plan.Remote, $"{root}/{PollerMainFile.ObjectFile}"))],
                context.Time,
                cancellation).ConfigureAwait(false);
            TellChanges(PollerMainFile.ObjectFile, compared);
            return false;
        }

        var run = await RsyncRun.RunAsync(
            ["rsync", .. RsyncCommandLine.ForConfiguration(_ssh, rsync, root, from, RsyncCommandLine.At(plan.Remote, staging))],
            context.Time,
            cancellation).ConfigureAwait(false);
        if (!run.IsDone)
        {
            _failures.Add($"the configuration was not sent: {run.Problem}");
        }

        return run.IsDone;
    }

    /// <summary>A poller gets one file, under the name that it has there.</summary>
    private static TemporaryFolder FolderOfObjects(string file)
    {
        var folder = TemporaryFolder.Make();
        try
        {
            var copy = $"{folder.Path}/{PollerMainFile.ObjectFile}";
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folder.Dispose();
            throw MonException.FromFile(file, e);
        }
    }

    private void TellChanges(ImmutableArray<TransferLine> answer, ConfigurationManifest next)
    {
        var there = string.Concat(answer.Where(line => line.Verb == TransferVerb.Manifest).Select(line => line.Text + "\n"));
        var present = there.Length == 0 ? null : ConfigurationManifest.Decode(ConfigurationText.Encode(there)).Manifest;
        var changes = ManifestChanges.Between(present, next).ToList();
        changes.ForEach(lines.Did);
        if (changes.Count == 0)
        {
            lines.Did("has the same configuration");
        }
    }

    private async Task<bool> SendPathsAsync(ImmutableArray<TransferLine> answer, CancellationToken cancellation)
    {
        var places = answer.Where(line => line.Verb is TransferVerb.Target or TransferVerb.Refused).ToList();
        var hasChanged = false;
        for (var i = 0; i < plan.Paths.Length; i++)
        {
            var path = plan.Paths[i];
            if (i >= places.Count || places[i].Verb == TransferVerb.Refused)
            {
                _failures.Add($"{path.Entry.Source}: {(i < places.Count ? places[i].Text : "it did not say where that goes")}");
                continue;
            }

            var arguments = RsyncCommandLine.ForPath(
                _ssh,
                BackupOf(answer.Find(TransferVerb.Backup) ?? "/", path, places[i].Text),
                path.IsFolder,
                isDryRun,
                path.Entry.Path,
                RsyncCommandLine.At(plan.Remote, places[i].Text));
            var run = await RsyncRun.RunAsync(["rsync", .. arguments], context.Time, cancellation).ConfigureAwait(false);
            hasChanged |= !run.Changes.All.IsEmpty;
            if (!run.IsDone)
            {
                _failures.Add($"{path.Entry.Source}: {run.Problem}");
            }
            else if (isDryRun)
            {
                TellChanges(path.IsFolder ? places[i].Text + "/" : places[i].Text, run);
            }
            else
            {
                lines.Did($"{path.Entry.Source}: {run.Changes}");
            }
        }

        return hasChanged;
    }

    private void TellChanges(string place, RsyncRun run)
    {
        if (!run.IsDone)
        {
            _failures.Add($"{place}: {run.Problem}");
        }
        else if (run.Changes.All.IsEmpty)
        {
            lines.Did($"has the same {place}");
        }

        foreach ((var verb, var name) in run.Changes.All)
        {
            lines.Did(place.EndsWith('/') ? $"would {verb} {place}{(name == "./" ? "" : name)}" : $"would {verb} {place}");
        }
    }

    /// <summary>What is kept has its own path below the folder for that.</summary>
    private static string BackupOf(string folder, PushedPath path, string target) =>
        folder.TrimEnd('/') + (path.IsFolder ? target : Path.GetDirectoryName(target)!.TrimEnd('/'));

    private static async Task<ImmutableArray<TransferLine>?> AskAsync(
        SshConversation conversation, IEnumerable<TransferLine> question, CancellationToken cancellation)
    {
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

    private async Task ExplainAsync(SshConversation conversation, CancellationToken cancellation)
    {
        var outcome = await conversation.EndAsync(plan.Node.Name, context.Time, cancellation).ConfigureAwait(false);
        _failures.Add(outcome switch
        {
            { IsRefused: true } => $"{outcome.NotReached}; \"mon sshkey push {plan.Node.Name}\" makes this machine and its key known there",
            { NotReached: { } why } => why,
            { ExitCode: CommandNotFound } => "there is no mon on that machine; install the package there first",
            _ => $"its mon gave no answer (exit code {outcome.ExitCode})",
        });
    }
}
