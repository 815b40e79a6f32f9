using System.Globalization;
using Compeer.Api;

namespace Compeer.Cli.Output;

/// <summary>
/// The cluster as <c>mon node status</c> shows it, in the shape of Merlin's: scripts read it, so words and order stay.
/// </summary>
internal sealed class NodeStatusWriter(TextWriter output, Palette palette, DateTimeOffset now)
{
    /// <summary>A latency above this is worth a look.</summary>
    private const double HighLatencySeconds = 5.0;

    private readonly SynchronisedPathWriter _paths = new(palette, now);

    /// <summary>Writes everything.</summary>
    public void Write(NodesStatus status)
    {
        output.WriteLine($"Total checks (host / service): {status.TotalHosts} / {status.TotalServices}");
        foreach (var node in status.Nodes)
        {
            output.WriteLine();
            WriteNode(node, status);
        }

        if (!status.ConfigurationProblems.IsEmpty)
        {
            output.WriteLine();
            output.WriteLine(palette.Bad("Configuration problems:"));
            foreach (var problem in status.ConfigurationProblems)
            {
                output.WriteLine("  " + problem);
            }
        }
    }

    private void WriteNode(NodeStatus node, NodesStatus status)
    {
        var peerId = node.PeerId < 0 ? "-" : node.PeerId.ToString(CultureInfo.InvariantCulture);
        output.WriteLine(
            $"#{node.Id:00} {peerId}/{node.ActivePeers}:{node.ConfiguredPeers} {node.Type} {node.Name}: {DescribeState(node)}");
        output.WriteLine(DescribeTimes(node));
        output.WriteLine($"Key: {(node.NodeKeyId.Length > 0 ? node.NodeKeyId : palette.Bad("not known"))}");
        output.WriteLine("Configuration: " + DescribeConfiguration(node, status.InForce));
        if (node.Refused is { } refused)
        {
            output.WriteLine($"Refused: {palette.Bad(VersionName.Of(refused.Number, refused.Hash))}: {refused.Reason}");
        }

        if (node.IsSelf && status.Storage is { } storage)
        {
            output.WriteLine("Storage: " + StorageText.Of(storage, palette, now));
        }

        foreach (var path in node.Synchronised)
        {
            output.WriteLine("Synchronised " + _paths.LineOf(path));
        }

        WriteShare("Host checks (handled, expired, total)   ", node.Hosts, status.TotalHosts);
        WriteShare("Service checks (handled, expired, total)", node.Services, status.TotalServices);
    }

    private string DescribeState(NodeStatus node)
    {
        var reason = string.IsNullOrEmpty(node.Reason) ? "" : " - " + node.Reason;
        if (node.State is NodeStateName.Down or NodeStateName.Connecting)
        {
            // Only a node that is worked with is anything but inactive; what it is doing is the reason.
            var why = reason.Length > 0 ? reason : node.State == NodeStateName.Connecting ? " - connecting" : "";
            return palette.Bad("INACTIVE") + why;
        }

        var state = node.State == NodeStateName.Active
            ? palette.Good("ACTIVE")
            : palette.Doubtful(node.State.ToUpperInvariant());
        var latency = node.LatencySeconds ?? 0;
        var latencyText = string.Create(CultureInfo.InvariantCulture, $"{latency:0.000}s latency");
        var shownLatency = latency > HighLatencySeconds ? palette.Doubtful(latencyText) : latencyText;
        var link = node.IsSelf
            ? ""
            : node.Encrypted ? " - (" + palette.Good("ENCRYPTED") + ")" : " - (" + palette.Doubtful("UNENCRYPTED") + ")";
        return $"{state} - {shownLatency}{link}{reason}";
    }

    /// <summary>Which one it runs, and whether that is the one by which the checks run.</summary>
    private string DescribeConfiguration(NodeStatus node, ConfigurationInForce? inForce)
    {
        if (node.ConfigurationHash.Length == 0)
        {
            return "not known";
        }

        var own = VersionName.Of(node.ConfigurationNumber, node.ConfigurationHash);
        if (node.State is NodeStateName.Down or NodeStateName.Connecting)
        {
            return $"{own} when it was last heard from";
        }

        return NodeJudgement.IsInStep(node, inForce)
            ? own + (inForce is null ? "" : ", in step")
            : $"{own}, {palette.Bad("not in step")}: {VersionName.Of(inForce!.Number, inForce.Hash)} is in force";
    }

    private string DescribeTimes(NodeStatus node)
    {
        var uptime = node.StartedAt is { } started && node.State != NodeStateName.Down ? Since(started) : "unknown";
        var connected = node.ConnectedSince is { } since ? Since(since) : "no";
        var alive = node.LastAlive is { } last ? Since(last) + " ago" : palette.Bad("never");
        return $"Uptime: {uptime}. Connected: {connected}. Last alive: {alive}";
    }

    private string Since(DateTimeOffset time) => DurationText.Format(now - time);

    /// <summary>Handled, overdue and total, then the share of the node's group and of everything.</summary>
    private void WriteShare(string title, CheckShare share, int all)
    {
        var expired = share.Expired > 0
            ? palette.Bad(share.Expired.ToString(CultureInfo.InvariantCulture))
            : share.Expired.ToString(CultureInfo.InvariantCulture);
        var percents = $"({Percent(share.Handled, share.Total)} : {Percent(share.Handled, all)})";
        output.WriteLine($"{title}: {share.Handled}, {expired}, {share.Total} {percents}");
    }

    private static string Percent(int part, int whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{(whole == 0 ? 0 : 100.0 * part / whole):0.00}%");
}
