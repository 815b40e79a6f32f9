using Compeer.Api;
using Compeer.Cli.Outcome;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Daemon;

/// <summary>Program and arguments that run <c>mond</c> as the right user, see <see cref="DaemonUser"/>.</summary>
/// <param name="Program">The program to start.</param>
/// <param name="Leading">Arguments before mond's own.</param>
/// <param name="User">The user it runs as when that is another; null for this one.</param>
internal sealed record MondCommandLine(string Program, IReadOnlyList<string> Leading, SystemUser? User)
{
    /// <summary>The command line of the daemon on this machine.</summary>
    /// <exception cref="MonException">A program is missing.</exception>
    public static MondCommandLine Find(MonitorPaths paths) => DaemonUser.Find(paths) is { } user
        ? ForUser(FindMond(), user, ProgramPath.Find("setpriv"))
        : Own();

    /// <summary>The command line for this user, for what only reads.</summary>
    /// <exception cref="MonException">The program is missing.</exception>
    public static MondCommandLine Own() => new(FindMond(), [], User: null);

    /// <summary>
    /// The command line through setpriv, which changes the user without staying a process of its own, as su and sudo do.
    /// </summary>
    public static MondCommandLine ForUser(string mond, SystemUser user, string? setpriv)
    {
        if (setpriv is null)
        {
            throw new MonException(
                "setpriv (package util-linux) is needed to start mond as the owner of its files; it is not in PATH");
        }

        var groups = user.Name.Length > 0 ? "--init-groups" : "--clear-groups";
        return new MondCommandLine(setpriv, [$"--reuid={user.Id}", $"--regid={user.Group}", groups, mond], user);
    }

    /// <summary>mond beside mon, else in PATH.</summary>
    private static string FindMond()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "mond");
        if (ProgramPath.IsProgram(beside))
        {
            return beside;
        }

        return ProgramPath.Find("mond")
            ?? throw new MonException($"mond is neither in {AppContext.BaseDirectory.TrimEnd('/')} nor in PATH");
    }
}
