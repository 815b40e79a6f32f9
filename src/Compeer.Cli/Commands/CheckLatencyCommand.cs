using System.Collections.Immutable;
using Compeer.Api;

namespace Compeer.Cli.Commands;

/// <summary><c>mon check latency</c></summary>
internal sealed class CheckLatencyCommand : CheckTimesCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = HelpOf(
        "latency", "Check how late checks begin.", "30,60,90", "60,90,120");

    /// <inheritdoc/>
    protected override string Column => "latency";

    /// <summary>Those of op5's command.</summary>
    protected override (ImmutableArray<double> Warning, ImmutableArray<double> Critical) Defaults => ([30, 60, 90], [60, 90, 120]);

    /// <inheritdoc/>
    protected override SecondsRange TimeOf(CheckKindFigures figures) => figures.Latency;
}
