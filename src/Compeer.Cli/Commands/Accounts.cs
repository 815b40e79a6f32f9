using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using Compeer.Cli.Daemon;
using Compeer.Cli.Keys;
using Compeer.Cli.Outcome;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Commands;

/// <summary>
/// The users of this machine whose ssh files are looked after: the one that runs <c>mon</c>, and when that is root, the one
/// that the daemon runs as, too. Root writes nothing in that one's home: a process with only that one's rights does.
/// </summary>
internal sealed class Accounts
{
    private readonly CommandContext _context;
    private readonly SystemUser _own;
    private readonly SystemUser? _daemon;

    public Accounts(CommandContext context)
    {
        _context = context;
        _own = SystemUser.Find(SystemUser.EffectiveId)
            ?? throw new MonException($"this machine does not know the user {SystemUser.EffectiveId}, so it has no home for ssh keys");
        _daemon = DaemonUser.Find(context.Paths) is { } user && user.Id != _own.Id ? user : null;
    }

    /// <summary>Whether <c>mon</c> runs as root.</summary>
    public bool OwnIsRoot => _own.Id == 0;

    /// <summary>Does it for this process's own user.</summary>
    public ImmutableArray<KeyLine> DoForOwn(AccountTask task) =>
        new SshAccount(_own.Name, _own.Home, _context.Machine.HostName).Do(task);

    /// <summary>Does it for the daemon's user; nothing where there is no other.</summary>
    public async Task<ImmutableArray<KeyLine>> DoForDaemonAsync(AccountTask task, CancellationToken cancellation)
    {
        if (_daemon is not { } user)
        {
            return [];
        }

        try
        {
            MakeFolder(user);
            return await ActAsync(user, task, cancellation).ConfigureAwait(false);
        }
        catch (MonException e)
        {
            return [new KeyLine(KeyVerb.Failed, $"{user.Name}: {e.Message}")];
        }
    }

    /// <summary>In a home that is root's, as that of a package's user can be, only root can make the folder; and nobody else can have
    /// put something else in its place.</summary>
    private static void MakeFolder(SystemUser user)
    {
        var folder = user.Home.TrimEnd('/') + "/.ssh";
        if (FileOwner.Of(user.Home) is { User: 0 } && FileOwner.Of(folder) is null)
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            new FileOwner(user.Id, user.Group).TryGive(folder);
        }
    }

    private static async Task<ImmutableArray<KeyLine>> ActAsync(SystemUser user, AccountTask task, CancellationToken cancellation)
    {
        var line = MondCommandLine.ForUser(Environment.ProcessPath!, user, ProgramPath.Find("setpriv"));
        var start = new ProcessStartInfo(line.Program, [.. line.Leading, "sshkey", "account"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        start.Environment["HOME"] = user.Home;
        try
        {
            using var process = Process.Start(start) ?? throw new MonException($"{line.Program} cannot be started");
            await KeyLine.WriteAsync(process.StandardInput, task.ToLines(), cancellation).ConfigureAwait(false);
            process.StandardInput.Close();
            return await KeyLine.ReadAsync(process.StandardOutput, cancellation).ConfigureAwait(false)
                ?? throw new MonException("its keys could not be looked after");
        }
        catch (Win32Exception e)
        {
            throw new MonException($"{line.Program} cannot be started: {SystemError.Words(e)}");
        }
    }
}
