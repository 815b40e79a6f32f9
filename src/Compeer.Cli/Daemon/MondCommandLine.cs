using Compeer.Api;
using Compeer.Cli.Outcome;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Daemon;

/// <summary>
/// Program and arguments that run <c>mond</c> as the right user. Root starts it as the owner of the tree's variable
/// folder, so that no file appears there that the daemon cannot write later.
/// </summary>
/// <param name="Program">The program to start.</param>
/// <param name="Leading">Arguments before mond's own.</param>
/// <param name="User">The user it runs as when that is another; null for this one.</param>
internal sealed record MondCommandLine(string Program, IReadOnlyList<string> Leading, SystemUser? User)
{
    /// <summary>The command line for this machine.</summary>
    /// <exception cref="MonException">A program is missing.</exception>
    public static MondCommandLine Find(MonitorPaths paths)
    {
        var mond = FindMond();
        var folder = Directory.Exists(paths.VariableFolder) ? paths.VariableFolder : paths.Prefix;
        return SystemUser.IsRoot && FileOwner.Of(folder) is { User: not 0 } owner
            ? ForUser(mond, owner, FindInPath("setpriv"))
            : new MondCommandLine(mond, [], User: null);
    }

    /// <summary>
    /// The command line through setpriv, which changes the user without staying a process of its own, as su and sudo do.
    /// </summary>
    public static MondCommandLine ForUser(string mond, FileOwner owner, string? setpriv)
    {
        if (setpriv is null)
        {
            throw new MonException(
                "setpriv (package util-linux) is needed to start mond as the owner of its files; it is not in PATH");
        }

        var user = SystemUser.Find(owner.User);
        return new MondCommandLine(
            setpriv,
            [
                $"--reuid={owner.User}",
                $"--regid={user?.Group ?? owner.Group}",
                user is null ? "--clear-groups" : "--init-groups",
                mond,
            ],
            user ?? new SystemUser("", owner.User, owner.Group, Home: "/"));
    }

    /// <summary>mond beside mon, else in PATH.</summary>
    private static string FindMond()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "mond");
        if (IsProgram(beside))
        {
            return beside;
        }

        return FindInPath("mond")
            ?? throw new MonException($"mond is neither in {AppContext.BaseDirectory.TrimEnd('/')} nor in PATH");
    }

    private static string? FindInPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsProgram);

    private static bool IsProgram(string path) =>
        File.Exists(path)
        && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
