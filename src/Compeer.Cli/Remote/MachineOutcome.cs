using System.Globalization;

namespace Compeer.Cli.Remote;

/// <summary>What came of a command line on one machine.</summary>
/// <param name="Name">The machine.</param>
/// <param name="ExitCode">The command's exit code, or ssh's.</param>
/// <param name="NotReached">Why ssh did not get there, or lost it; null when the command ran to its end.</param>
internal sealed record MachineOutcome(string Name, int ExitCode, string? NotReached)
{
    /// <summary>Exit code of ssh when it, and not the command, failed.</summary>
    public const int SshFailed = 255;

    /// <summary>Whether the machine could be reached but let nobody in, or is not known to ssh.</summary>
    public bool IsRefused =>
        NotReached is not null
        && (NotReached.Contains("Permission denied", StringComparison.Ordinal)
            || NotReached.Contains("Host key verification failed", StringComparison.Ordinal));

    /// <summary>In words.</summary>
    public override string ToString() => NotReached is null
        ? $"{Name} (exit code {ExitCode.ToString(CultureInfo.InvariantCulture)})"
        : $"{Name} ({NotReached})";
}
