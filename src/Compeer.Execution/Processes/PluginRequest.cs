namespace Compeer.Execution.Processes;

/// <summary>One run of a plugin that is asked for.</summary>
/// <param name="Token">Comes back in the result; the runner gives it no meaning.</param>
/// <param name="CommandLine">The command line after macro expansion, UTF-8 or any other bytes but NUL. At most 1 MiB; must
/// not change before the result is reported.</param>
/// <param name="Timeout">The time limit, more than zero. It runs from the start of the process, not from the request.</param>
/// <param name="Lane">What it is run for.</param>
public readonly record struct PluginRequest(long Token, ReadOnlyMemory<byte> CommandLine, TimeSpan Timeout, Lane Lane)
{
    /// <summary>Variables for its environment beside those of all plugins, <c>NAME=value</c>, each ended by a NUL; must not change
    /// before the result is reported. Where there are some whose names begin with <c>NAGIOS_</c>, those that all plugins have are left
    /// out.</summary>
    public ReadOnlyMemory<byte> Environment { get; init; }
}
