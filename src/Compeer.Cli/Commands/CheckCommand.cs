using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Api;
using Compeer.Cli.Outcome;
using Compeer.Cli.Plugins;

namespace Compeer.Cli.Commands;

/// <summary>What the commands of "check" share: they are monitoring plugins, so that whatever happens is one line on standard output
/// and an exit code from 0 to 3.</summary>
internal abstract class CheckCommand : MonCommand
{
    /// <summary>What help says about the exit codes.</summary>
    protected static ImmutableArray<(string Name, string Text)> PluginExitCodes { get; } =
    [
        ("0", "OK"),
        ("1", "WARNING"),
        ("2", "CRITICAL"),
        ("3", "UNKNOWN: mond does not answer, something cannot be read, or the command line makes no sense"),
    ];

    /// <summary>What help says about thresholds.</summary>
    protected static ImmutableArray<string> ThresholdDetails { get; } =
    [
        "A threshold is a number, which is a problem from there on, or a range as plugins",
        "have it: 10:20 is a problem outside, @10:20 inside, 10: below 10, ~:20 above 20.",
    ];

    /// <summary>The option for warnings.</summary>
    protected Option<string?> WarningOption { get; } = new("--warning", "-w");

    /// <summary>The option for what is critical.</summary>
    protected Option<string?> CriticalOption { get; } = new("--critical", "-c");

    /// <inheritdoc/>
    public sealed override int Refuse(CommandContext context, string fault) =>
        new PluginResult(PluginState.Unknown, $"{fault}; usage: {Help.UsageLine}").Write(context.Out);

    /// <inheritdoc/>
    public sealed override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        try
        {
            return (await CheckAsync(arguments, context, cancellation).ConfigureAwait(false)).Write(context.Out);
        }
        catch (UsageException e)
        {
            return Refuse(context, e.Message);
        }
        catch (MonException e)
        {
            return new PluginResult(PluginState.Unknown, e.Message).Write(context.Out);
        }
    }

    /// <summary>Looks.</summary>
    /// <exception cref="MonException">It cannot be found out; the message says why.</exception>
    protected abstract Task<PluginResult> CheckAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation);

    /// <summary>What help says about the two options.</summary>
    protected static ImmutableArray<(string Name, string Text)> ThresholdHelp(string value, string warning, string critical) =>
    [
        ($"-w, --warning={value}", $"default {warning}"),
        ($"-c, --critical={value}", $"default {critical}"),
    ];

    /// <summary>The thresholds of a command line.</summary>
    protected Thresholds ThresholdsOf(ParseResult arguments, double warning, double critical) => new(
        ThresholdOf(arguments, WarningOption) ?? Threshold.From(warning),
        ThresholdOf(arguments, CriticalOption) ?? Threshold.From(critical));

    /// <summary>The threshold that an option has; null when it is not there.</summary>
    protected static Threshold? ThresholdOf(ParseResult arguments, Option<string?> option) =>
        arguments.GetValue(option) is { } text
            ? Threshold.Parse(text, out var fault) ?? throw new UsageException($"{option.Name}: {fault}")
            : null;

    /// <summary>The daemon's answer.</summary>
    /// <exception cref="MonException">There is none.</exception>
    protected static T Answer<T>(ApiAnswer<T> answer)
        where T : notnull => answer.TryGet(out var value, out var error) ? value : throw new MonException(error.Message);

    /// <summary>The command line makes no sense.</summary>
    protected sealed class UsageException(string message) : Exception(message);
}
