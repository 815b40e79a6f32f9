using Compeer.Configuration.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Execution.Processes;

namespace Compeer.Daemon.Passive;

/// <summary>A result of a check that somebody sent, taken as <c>PROCESS_HOST_CHECK_RESULT</c> and <c>PROCESS_SERVICE_CHECK_RESULT</c>
/// take one.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Service">The service's description; null when the result is the host's.</param>
/// <param name="Code">What the plugin returned.</param>
/// <param name="Output">What it wrote, lines apart by newlines.</param>
internal readonly record struct PassiveResult(string Host, string? Service, int Code, ReadOnlyMemory<byte> Output)
{
    private const int Unknown = 3;

    /// <summary>What is wrong with how it was written; null when nothing is.</summary>
    public string? Wrong { get; init; }

    /// <summary>Why it can be nobody's; null when it may be somebody's.</summary>
    public string? Problem =>
        Wrong is not null ? Wrong
        : Host.Length == 0 ? "it names no host"
        : Host.Any(char.IsControl) || Service?.Any(char.IsControl) == true ? "no object has such a name"
        : null;

    /// <summary>Whose result it is, for people.</summary>
    public string Object => ConfigurationText.Readable(Service is null ? $"'{Host}'" : $"'{Service}' of '{Host}'");

    /// <summary>The same for the engine.</summary>
    /// <param name="at">When it came.</param>
    public SpooledResult ForEngine(DateTimeOffset at)
    {
        // Naemon takes any other code of a service for UNKNOWN; one of a host is refused by the engine.
        var code = Service is not null && Code is < 0 or > 3 ? Unknown : Code;
        var text = PluginOutput.Parse(Output.ToArray());
        return new SpooledResult(
            Host,
            Service,
            IsPassive: true,
            new CheckResult(
                CheckOutcome.Exited, code, text.Output, text.LongOutput, text.PerformanceData, at, TimeSpan.Zero));
    }
}
