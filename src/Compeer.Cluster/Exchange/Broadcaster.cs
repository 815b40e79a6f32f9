using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Exchange;

/// <summary>
/// Sends what is not an answer: collected updates, reports and pulses. Updates always go first, so that whoever hears that
/// a check has ended has its result.
/// </summary>
internal sealed class Broadcaster(ClusterContext context, LinkTable links, ReportStore reports, Replicator replicator)
{
    /// <summary>Reports that are to be told to those who do not know them.</summary>
    public ReportOutbox Reports { get; } = new(context, links, reports);

    public void FlushUpdates() => replicator.Flush();

    /// <summary>Tells one neighbour all that this node has heard of.</summary>
    public void SendAllReports(Link link)
    {
        FlushUpdates();
        SendReports(link, [.. reports.All]);
    }

    /// <summary>Sends the reports that have been gathered for long enough.</summary>
    public void FlushDueReports()
    {
        if (Reports.FlushAt <= context.Monotonic)
        {
            FlushReports();
        }
    }

    public void SendDuePulses()
    {
        foreach (var link in links.GreetedLinks().Where(link => link.NextPulse <= context.Monotonic).ToArray())
        {
            SendPulse(link);
        }
    }

    private void FlushReports()
    {
        if (Reports.FlushAt == TimeSpan.MaxValue)
        {
            return;
        }

        FlushUpdates();
        foreach (var (link, chosen) in Reports.TakeAll())
        {
            SendReports(link, chosen);
        }
    }

    private void SendReports(Link link, IReadOnlyList<NodeReport> chosen)
    {
        var first = 0;
        var bytes = 0;
        for (var i = 0; i < chosen.Count; i++)
        {
            bytes += chosen[i].Size;
            if (i == chosen.Count - 1 || bytes >= ProtocolLimits.BatchBytes(context.Options.MaxFrameBytes)
                || i + 1 - first == ProtocolLimits.MaxNodes)
            {
                context.Send(link.Id, new LinkFrame.Reports([.. chosen.Take(first..(i + 1))]));
                (first, bytes) = (i + 1, 0);
            }
        }
    }

    /// <summary>The vector and the digest in it are about what was said before.</summary>
    private void SendPulse(Link link)
    {
        FlushReports();
        FlushUpdates();
        var now = context.Monotonic;
        var held = link.LastPulse.SentTicks == 0 ? 0 : (now - link.LastPulse.ReceivedAt).Ticks;
        var (known, frames) = replicator.PulseOf(link.Id);
        context.Send(link.Id, new LinkFrame.Pulse(
            Math.Max(1, now.Ticks),
            link.LastPulse.SentTicks,
            held,
            context.Now.Wall.ToUnixTimeMilliseconds(),
            reports.Digest,
            known,
            frames));
        link.NextPulse = now + context.Options.PulseInterval;
    }
}
