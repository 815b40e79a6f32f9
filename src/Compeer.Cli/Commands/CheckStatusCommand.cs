using System.CommandLine;
using Compeer.Api;
using Compeer.Cli.Output;
using Compeer.Cli.Plugins;

namespace Compeer.Cli.Commands;

/// <summary><c>mon check status</c></summary>
internal sealed class CheckStatusCommand : CheckCommand
{
    /// <summary>Above this a link is slow.</summary>
    private const double SlowSeconds = 5;

    /// <summary>A node that says nothing for so long is as good as away.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private static readonly string[] Types = ["master", "peer", "poller", "local"];

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "check", "status", "", "Check that all nodes are connected, run checks, and have the same configuration.")
    {
        Details =
        [
            "A monitoring plugin. Critical: a node that is not connected, has not been heard",
            "from for 30 seconds or runs no checks, and objects that nobody checks. Warning:",
            "a node that catches up, a link slower than 5 seconds, a configuration that is",
            "not the one in force or that a node refuses, and a synchronised path that is not",
            "the same at both ends.",
        ],
        ExitCodes = PluginExitCodes,
    };

    /// <inheritdoc/>
    protected override async Task<PluginResult> CheckAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var status = Answer(await context.Client.GetNodesAsync(cancellation).ConfigureAwait(false));
        var now = context.Time.GetUtcNow();
        List<(PluginState State, string Text)> found = [.. status.Nodes.SelectMany(node => Findings(node, status, now))];
        if (status.Unchecked.Count > 0)
        {
            found.Add((PluginState.Critical, $"{status.Unchecked.Count} objects are checked by nobody."));
        }

        found.AddRange(status.ConfigurationProblems.Select(problem => (PluginState.Warning, problem)));
        return new PluginResult(
            found.Select(finding => finding.State).Aggregate(PluginState.Ok, PluginResult.Worse),
            found.Count == 0 ? Totals(status) : string.Join(' ', found.OrderByDescending(finding => finding.State).Select(f => f.Text)))
        {
            Performance =
            [
                new("nodes", status.Nodes.Length, Minimum: 0),
                new(
                    "active_nodes",
                    status.Nodes.Count(node => node.State == NodeStateName.Active),
                    Minimum: 0,
                    Maximum: status.Nodes.Length),
            ],
        };
    }

    private static IEnumerable<(PluginState State, string Text)> Findings(NodeStatus node, NodesStatus status, DateTimeOffset now)
    {
        if (node.State is NodeStateName.Down or NodeStateName.Connecting)
        {
            var why = string.IsNullOrEmpty(node.Reason) ? "" : $" ({node.Reason})";
            yield return (PluginState.Critical, $"{node.Name} is not connected{why}.");
            yield break;
        }

        if (node.State != NodeStateName.Active)
        {
            yield return (PluginState.Warning, $"{node.Name} is {node.State}.");
        }

        if (node.LatencySeconds is > SlowSeconds and { } latency)
        {
            yield return (PluginState.Warning, FormattableString.Invariant($"Latency for {node.Name} is {latency:0.0}s."));
        }

        if (!node.IsSelf && node.LastAlive is { } alive && now - alive > Silence)
        {
            yield return (PluginState.Critical, $"{node.Name} hasn't checked in recently.");
        }

        if (node.Refused is { } refused)
        {
            yield return (
                PluginState.Warning,
                $"{node.Name} refuses configuration {VersionName.Of(refused.Number, refused.Hash)}: {refused.Reason}.");
        }
        else if (!NodeJudgement.IsInStep(node, status.InForce))
        {
            yield return (PluginState.Warning, $"{node.Name} does not have the configuration in force.");
        }

        if (node.Synchronised.Count(path => !path.IsInStep) is > 0 and var paths)
        {
            yield return (PluginState.Warning, $"{paths} synchronised paths are not the same at {node.Name}.");
        }

        // With fewer hosts than members some of a group may rightly have none.
        if (node.PeerId >= 0 && node.Hosts.Total > node.ActivePeers && node.State == NodeStateName.Active)
        {
            var handled = node.Hosts.Handled + node.Services.Handled;
            if (handled == 0)
            {
                yield return (PluginState.Critical, $"Node {node.Name} runs no checks.");
            }
            else if (node.ActivePeers > 0 && handled == node.Hosts.Total + node.Services.Total)
            {
                yield return (PluginState.Critical, $"There are other nodes, but {node.Name} runs all checks.");
            }
        }
    }

    private static string Totals(NodesStatus status)
    {
        var counts = Types
            .Select(type => (Type: type, Number: status.Nodes.Count(node => node.Type == type)))
            .Where(count => count.Number > 0)
            .Select(count => $"{count.Number} {count.Type}{(count.Number == 1 ? "" : "s")}");
        return $"Total nodes: {string.Join(", ", counts)}.";
    }
}
