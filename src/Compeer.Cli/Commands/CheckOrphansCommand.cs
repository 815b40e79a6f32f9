using System.CommandLine;
using Compeer.Cli.Plugins;

namespace Compeer.Cli.Commands;

/// <summary><c>mon check orphans</c></summary>
internal sealed class CheckOrphansCommand : CheckCommand
{
    private const string DefaultAge = "1800";

    private readonly Argument<string?> _kind = CheckKind.CreateArgument();
    private readonly Option<string> _age = new("--maxage", "--max-age") { DefaultValueFactory = _ => DefaultAge };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "check", "orphans", "[host|service] [--maxage=AGE] [--warning=X[%]] [--critical=X[%]]",
        "Check for checks that should have been run long ago.")
    {
        Details =
        [
            "A monitoring plugin. An orphan is a check that was due longer ago than an age",
            "and has no result yet; with % a threshold is this part of all scheduled checks.",
            .. ThresholdDetails,
        ],
        Options =
        [
            ("host|service", "whose checks are looked at; service when not given"),
            ("--maxage=AGE", $"{PluginAge.Help}; default {DefaultAge}"),
            .. ThresholdHelp("X[%]", "more than 0.5%", "more than 1%"),
        ],
        Examples = ["mon check orphans host", "mon check orphans service --maxage=600 --warning=1% --critical=5%"],
        ExitCodes = PluginExitCodes,
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Arguments.Add(_kind);
        syntax.Options.Add(_age);
        syntax.Options.Add(WarningOption);
        syntax.Options.Add(CriticalOption);
    }

    /// <inheritdoc/>
    protected override async Task<PluginResult> CheckAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var kind = arguments.GetValue(_kind) ?? CheckKind.Service;
        if (!CheckKind.IsOne(kind))
        {
            throw new UsageException($"unknown argument \"{kind}\"; say \"host\" or \"service\"");
        }

        var age = PluginAge.Parse(arguments.GetValue(_age)!, out var fault) ?? throw new UsageException($"--maxage: {fault}");
        var warning = arguments.GetValue(WarningOption) ?? ":0.5%";
        var critical = arguments.GetValue(CriticalOption) ?? ":1%";
        _ = (ThresholdOf(warning, "--warning", total: 1), ThresholdOf(critical, "--critical", total: 1));
        var answer = Answer(await context.Client.GetCheckFiguresAsync(age, cancellation).ConfigureAwait(false));
        var figures = kind == CheckKind.Host ? answer.Hosts : answer.Services;
        var thresholds = new Thresholds(
            ThresholdOf(warning, "--warning", figures.Scheduled), ThresholdOf(critical, "--critical", figures.Scheduled));
        return new PluginResult(
            thresholds.StateOf(figures.Overdue), $"Orphaned {kind} checks: {figures.Overdue} / {figures.Scheduled}")
        {
            Performance = [new PerformanceValue("orphans", figures.Overdue, thresholds, Minimum: 0, Maximum: figures.Scheduled)],
            Details = [.. answer.Overdue.Where(check => (check.Service is null) == (kind == CheckKind.Host)).Select(OverdueText.Of)],
        };
    }

    /// <summary>As op5's command has it, a number alone is a problem when there are more.</summary>
    private static Threshold ThresholdOf(string text, string option, int total)
    {
        var isPart = text.EndsWith('%');
        var threshold = Threshold.Parse(isPart ? text[..^1] : text, out var fault) ?? throw new UsageException($"{option}: {fault}");
        var above = threshold.IsNumber ? threshold.AsMost() : threshold;
        return isPart ? above.Times(total / 100.0) : above;
    }
}
