using System.Collections.Immutable;
using System.CommandLine;
using Compeer.Api;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon containerhealth core</c> and <c>merlin</c></summary>
/// <param name="isCore">Whether it looks at checks and masters, too.</param>
internal sealed class ContainerHealthCommand(bool isCore) : MonCommand
{
    private const int MasterIsLost = 2;
    private const int ChecksExpire = 4;

    /// <summary>A master that was heard from so lately lives, and should be connected.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = isCore
        ? new("containerhealth", "core", "", "A probe of a container: mond runs, its masters are connected, its checks are run.")
        {
            ExitCodes =
            [
                ("0", "all is well"),
                ("1", "mond does not answer"),
                ("2", "a master that lives is not connected"),
                ("4", "more checks are overdue than this node has"),
            ],
        }
        : new("containerhealth", "merlin", "", "A probe of a container: mond, which has Merlin's part too, runs and answers.")
        {
            ExitCodes = [("0", "it does"), ("1", "it does not")],
        };

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var answer = await context.Client.GetNodesAsync(cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out var status, out var error))
        {
            return Fail(context, error.Message);
        }

        ImmutableArray<NodeStatus> lost = isCore ? [.. status.Nodes.Where(node => IsLost(node, context.Time.GetUtcNow()))] : [];
        foreach (var master in lost)
        {
            Fail(context, $"master {master.Name} lives and is not connected: {master.Reason ?? master.State}");
        }

        if (!lost.IsEmpty)
        {
            return MasterIsLost;
        }

        if (isCore && status.Nodes.Any(node => node.IsSelf && (IsLate(node.Hosts) || IsLate(node.Services))))
        {
            Fail(context, "more checks are overdue than this node has");
            return ChecksExpire;
        }

        context.Out.WriteLine("OK");
        return ExitCodes.Success;
    }

    private static bool IsLost(NodeStatus node, DateTimeOffset now) =>
        node.Type == "master" && node.State is NodeStateName.Down or NodeStateName.Connecting
        && node.LastAlive is { } alive && now - alive < Lately;

    private static bool IsLate(CheckShare share) => share.Expired > share.Handled;
}
