using System.Collections.Immutable;
using Compeer.Api;

namespace Compeer.Cli.Commands;

/// <summary><c>mon check exectime</c></summary>
internal sealed class CheckExectimeCommand : CheckTimesCommand
{
    /// <inheritdoc/>
    public override CommandHelp Help { get; } = HelpOf(
        "exectime", "Check how long checks run.", "5,30,65", "15,45,90");

    /// <inheritdoc/>
    protected override string Column => "execution_time";

    /// <summary>Those of op5's command.</summary>
    protected override (ImmutableArray<double> Warning, ImmutableArray<double> Critical) Defaults => ([5, 30, 65], [15, 45, 90]);

    /// <inheritdoc/>
    protected override SecondsRange TimeOf(CheckKindFigures figures) => figures.Execution;
}
