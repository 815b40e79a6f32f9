using System.CommandLine;
using Compeer.Api;
using Compeer.Cli.Plugins;

namespace Compeer.Cli.Commands;

/// <summary><c>mon check distribution</c></summary>
internal sealed class CheckDistributionCommand : CheckCommand
{
    private readonly Option<bool> _noPerformance = new("--no-perfdata");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "check", "distribution", "[--no-perfdata] [--warning=X] [--critical=X]",
        "Check that somebody runs each check when it is due.")
    {
        Details =
        [
            "A monitoring plugin. It counts the checks whose result should be there by now,",
            "and the objects that no node checks; for each node it shows how many of its",
            "checks of hosts and of services are run in time, and how many are not.",
            .. ThresholdDetails,
        ],
        Options = [("--no-perfdata", "no performance data"), .. ThresholdHelp("X", "1", "1: any such check is critical")],
        Examples = ["mon check distribution", "mon check distribution --warning=1 --critical=20"],
        ExitCodes = PluginExitCodes,
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        syntax.Options.Add(_noPerformance);
        syntax.Options.Add(WarningOption);
        syntax.Options.Add(CriticalOption);
    }

    /// <inheritdoc/>
    protected override async Task<PluginResult> CheckAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var thresholds = ThresholdsOf(arguments, warning: 1, critical: 1);
        var nodes = Answer(await context.Client.GetNodesAsync(cancellation).ConfigureAwait(false));
        var figures = Answer(await context.Client.GetCheckFiguresAsync(overdue: null, cancellation).ConfigureAwait(false));
        var expired = figures.Hosts.Overdue + figures.Services.Overdue;
        var nobodys = nodes.Unchecked.Count + nodes.Groups.Sum(group => group.Stale);
        return new PluginResult(thresholds.StateOf(expired + nobodys), Describe(expired, nobodys, nodes.Nodes.Length))
        {
            Performance = arguments.GetValue(_noPerformance) ? [] : [.. nodes.Nodes.SelectMany(PerformanceOf)],
            Details =
            [
                .. figures.Overdue.Select(OverdueText.Of),
                .. nodes.Unchecked.Names.Select(name => $"{name} is checked by nobody"),
                .. nodes.Groups.Where(group => group.Stale > 0).Select(group =>
                    $"{group.Stale} objects of {group.Name} ({string.Join(", ", group.Nodes)}) are checked by nobody"),
            ],
        };
    }

    private static string Describe(int expired, int nobodys, int nodes) => (expired, nobodys) switch
    {
        (0, 0) => nodes == 1 ? "This node runs all checks" : $"All {nodes} nodes run their assigned checks",
        (_, 0) => $"There are {expired} expired checks",
        (0, _) => $"There are {nobodys} objects that nobody checks",
        _ => $"There are {expired} expired checks, and {nobodys} objects that nobody checks",
    };

    private static IEnumerable<PerformanceValue> PerformanceOf(NodeStatus node) =>
    [
        new PerformanceValue($"{node.Name}_hosts", node.Hosts.Handled - node.Hosts.Expired),
        new PerformanceValue($"{node.Name}_services", node.Services.Handled - node.Services.Expired),
        new PerformanceValue($"{node.Name}_expired_hosts", node.Hosts.Expired),
        new PerformanceValue($"{node.Name}_expired_services", node.Services.Expired),
    ];
}
