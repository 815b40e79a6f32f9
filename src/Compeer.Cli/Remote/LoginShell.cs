namespace Compeer.Cli.Remote;

/// <summary>The shell of the user, which sshd gives command lines to.</summary>
internal static class LoginShell
{
    /// <summary>Program and arguments that run a command line.</summary>
    public static IReadOnlyList<string> CommandLine(string command) =>
        [Environment.GetEnvironmentVariable("SHELL") is { Length: > 0 } shell ? shell : "/bin/sh", "-c", command];
}
