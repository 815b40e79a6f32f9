using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Compeer.Api;
using Compeer.Cli.Plugins;

namespace Compeer.Cli.Commands;

/// <summary>What <c>mon check latency</c> and <c>exectime</c> share: shortest, average and longest of a time, each with thresholds
/// of its own.</summary>
internal abstract class CheckTimesCommand : CheckCommand
{
    private static readonly ImmutableArray<string> Order = ["min", "avg", "max"];

    private readonly Argument<string?> _kind = CheckKind.CreateArgument();

    /// <summary>What the time is called in the output.</summary>
    protected abstract string Column { get; }

    /// <summary>Thresholds for minimum, average and maximum, seconds.</summary>
    protected abstract (ImmutableArray<double> Warning, ImmutableArray<double> Critical) Defaults { get; }

    /// <inheritdoc/>
    public sealed override void Define(Command syntax)
    {
        syntax.Arguments.Add(_kind);
        syntax.Options.Add(WarningOption);
        syntax.Options.Add(CriticalOption);
    }

    /// <summary>The time of one kind of checks.</summary>
    protected abstract SecondsRange TimeOf(CheckKindFigures figures);

    /// <summary>The help of one of the two.</summary>
    protected static CommandHelp HelpOf(string name, string summary, string warning, string critical) =>
        new("check", name, "<host|service> [--warning=MIN,AVG,MAX] [--critical=MIN,AVG,MAX]", summary)
        {
            Details =
            [
                "A monitoring plugin. The times are those of each object's last active check,",
                "whichever node ran it: the least, the average and the most of them, each of",
                "which has a threshold, in seconds.",
                .. ThresholdDetails,
            ],
            Options = [CheckKind.Help, .. ThresholdHelp("MIN,AVG,MAX", warning, critical)],
            Examples = [$"mon check {name} service", $"mon check {name} host --warning=1,5,30 --critical=5,10,60"],
            ExitCodes = PluginExitCodes,
        };

    /// <inheritdoc/>
    protected sealed override async Task<PluginResult> CheckAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var kind = arguments.GetValue(_kind) ?? throw new UsageException("say \"host\" or \"service\"");
        if (!CheckKind.IsOne(kind))
        {
            throw new UsageException($"unknown argument \"{kind}\"; say \"host\" or \"service\"");
        }

        var warning = ThresholdsOf(arguments, WarningOption, Defaults.Warning);
        var critical = ThresholdsOf(arguments, CriticalOption, Defaults.Critical);
        var figures = Answer(await context.Client.GetCheckFiguresAsync(overdue: null, cancellation).ConfigureAwait(false));
        var time = TimeOf(kind == CheckKind.Host ? figures.Hosts : figures.Services);
        double[] values = [time.Minimum, time.Average, time.Maximum];
        ImmutableArray<PerformanceValue> performance =
        [
            .. values.Select((value, i) => new PerformanceValue(
                $"{kind}_{Column}_{Order[i]}", value, new Thresholds(warning[i], critical[i]), Minimum: 0)),
        ];
        var state = performance.Select(value => value.Thresholds!.StateOf(value.Value)).Aggregate(PluginResult.Worse);
        return new PluginResult(state, string.Create(
            CultureInfo.InvariantCulture,
            $"{kind} {Column} min/avg/max = {time.Minimum:0.00}/{time.Average:0.00}/{time.Maximum:0.00}"))
        {
            Performance = performance,
        };
    }

    private static ImmutableArray<Threshold> ThresholdsOf(
        ParseResult arguments, Option<string?> option, ImmutableArray<double> defaults)
    {
        if (arguments.GetValue(option) is not { } text)
        {
            return [.. defaults.Select(Threshold.From)];
        }

        var parts = text.Split(',');
        return parts.Length != Order.Length
            ? throw new UsageException($"{option.Name}: \"{text}\" are not three thresholds, for minimum, average and maximum")
            : [.. parts.Select(part => Threshold.Parse(part, out var fault) ?? throw new UsageException($"{option.Name}: {fault}"))];
    }
}
