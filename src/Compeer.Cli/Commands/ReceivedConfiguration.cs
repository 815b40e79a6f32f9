using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Cli.Daemon;
using Compeer.Cli.Outcome;
using Compeer.Cli.Transfer;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Commands;

/// <summary>
/// The configuration that another node sends to this one: where it is gathered, and how it takes the place of what is there. The
/// daemon does that with its own rights, running or not; whoever runs <c>mon</c> only asks for it.
/// </summary>
internal sealed class ReceivedConfiguration(CommandContext context)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Why this user cannot receive one; null when nothing is in the way.</summary>
    public string? Problem
    {
        get
        {
            var owner = FileOwner.Of(context.Paths.VariableFolder) ?? FileOwner.Of(context.Paths.Prefix);
            var own = SystemUser.Find(SystemUser.EffectiveId)?.Name ?? "this user";
            return ProgramPath.Find("rsync") is null ? "rsync is not installed"
                : SystemUser.IsRoot || owner?.User == SystemUser.EffectiveId ? null
                : $"{own} may not take up a configuration; log in as root or as mond's user (ssh_user)";
        }
    }

    /// <summary>The command line that is rsync with the daemon's rights and no more: the folder is the daemon's user's.</summary>
    public string Rsync => DaemonUser.Find(context.Paths) is { } user
        ? $"cd / && {WithRights(user)}"
        : "rsync";

    /// <summary>The folder that it is gathered in, made when it is not there, held until what this gives is disposed: two pushes at
    /// once wait for each other.</summary>
    /// <exception cref="MonException">It cannot be made, or somebody else has it for too long.</exception>
    public async Task<(string Folder, IDisposable Held)> StageAsync(CancellationToken cancellation)
    {
        var said = new List<string>();
        string? folder = null;
        if (await context.Mond.RunAsDaemonAsync(["--stage"], line => folder = line, said.Add, cancellation).ConfigureAwait(false) != 0
            || folder is null)
        {
            throw new MonException(said.LastOrDefault() ?? "mond did not say where a configuration is gathered");
        }

        var open = OpenFolder.TryOpen(folder, out var problem) ?? throw new MonException(problem);
        try
        {
            var started = context.Time.GetTimestamp();
            while (!open.TryLockNow())
            {
                if (context.Time.GetElapsedTime(started) > LongestWait)
                {
                    throw new MonException("another push to this node is under way; try again when it is over");
                }

                await Task.Delay(LookAgain, context.Time, cancellation).ConfigureAwait(false);
            }

            return (folder, open);
        }
        catch
        {
            open.Dispose();
            throw;
        }
    }

    /// <summary>Gathers what is in a folder of this user's, which becomes one of the daemon's user on the way.</summary>
    /// <exception cref="MonException">It cannot be copied.</exception>
    public async Task CopyAsync(string folder, string staging, CancellationToken cancellation)
    {
        IReadOnlyList<string> program = ["rsync"];
        if (DaemonUser.Find(context.Paths) is { } user)
        {
            var line = MondCommandLine.ForUser("rsync", user, ProgramPath.Find("setpriv"));
            program = [line.Program, .. line.Leading];
            // The folder last: as long as it is this user's nobody else can put something else in the place of what is in it.
            string[] entries = [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories), folder];
            foreach (var entry in entries)
            {
                new FileOwner(user.Id, user.Group).TryGive(entry);
            }
        }

        var run = await RsyncRun.RunAsync([.. program, .. RsyncCommandLine.Here(folder, staging)], context.Time, cancellation)
            .ConfigureAwait(false);
        if (!run.IsDone)
        {
            throw new MonException($"it cannot be gathered in {staging}: {run.Problem}");
        }
    }

    /// <summary>Has what was gathered checked and put in place.</summary>
    /// <param name="from">Where it comes from.</param>
    /// <param name="takesUp">Whether the daemon works by it at once, and is started when it does not run.</param>
    /// <param name="cancellation">Gives up the waiting.</param>
    public async Task<ImmutableArray<TransferLine>> InstallAsync(string from, bool takesUp, CancellationToken cancellation)
    {
        var started = context.Time.GetTimestamp();
        while (true)
        {
            var isRunning = context.Process.Find().IsRunning;
            if (!isRunning)
            {
                return await InstallFilesAsync(from, takesUp, cancellation).ConfigureAwait(false);
            }

            var answer = await context.Client.TakePushedAsync(from, takesUp, cancellation).ConfigureAwait(false);
            if (answer.TryGet(out var reload, out var error))
            {
                return Told(reload);
            }

            // It is just starting, or ending.
            if (error.Kind != ApiErrorKind.NotRunning || context.Time.GetElapsedTime(started) > LongestWait)
            {
                return [new TransferLine(TransferVerb.Failed, error.Message)];
            }

            await Task.Delay(LookAgain, context.Time, cancellation).ConfigureAwait(false);
        }
    }

    private static ImmutableArray<TransferLine> Told(ConfigurationReload reload) =>
    [
        .. reload.Diagnostics.Select(diagnostic => new TransferLine(TransferVerb.Said, diagnostic.ToString())),
        reload.Applied
            ? new TransferLine(TransferVerb.Did, $"works by this configuration: {reload.Summary}")
            : new TransferLine(TransferVerb.Failed, reload.Summary),
    ];

    private async Task<ImmutableArray<TransferLine>> InstallFilesAsync(string from, bool takesUp, CancellationToken cancellation)
    {
        var lines = ImmutableArray.CreateBuilder<TransferLine>();
        var exitCode = await context.Mond.RunAsDaemonAsync(["--install", from], Say, Say, cancellation).ConfigureAwait(false);
        if (exitCode != 0)
        {
            lines.Add(new TransferLine(TransferVerb.Failed, "it is not good; what was there stays"));
            return lines.DrainToImmutable();
        }

        if (!takesUp)
        {
            lines.Add(new TransferLine(TransferVerb.Did, "has it in place; its mond does not run, and the next start takes it up"));
            return lines.DrainToImmutable();
        }

        using var output = new StringWriter();
        using var error = new StringWriter();
        var start = await DaemonControl.StartAsync(context with { Out = output, Error = error }, "oconf push", cancellation)
            .ConfigureAwait(false);
        foreach (var line in $"{output}\n{error}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Say(line);
        }

        lines.Add(start == ExitCodes.Success
            ? new TransferLine(TransferVerb.Did, "works by this configuration: mond did not run, and was started")
            : new TransferLine(TransferVerb.Failed, "it is in place, and mond did not start"));
        return lines.DrainToImmutable();

        void Say(string line) => lines.Add(new TransferLine(TransferVerb.Said, line));
    }

    private static string WithRights(SystemUser user)
    {
        var line = MondCommandLine.ForUser("rsync", user, ProgramPath.Find("setpriv"));
        return string.Join(' ', [line.Program, .. line.Leading]);
    }
}
