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
internal sealed class Broadcaster(
    ClusterContext context, LinkTable links, ReportStore reports, OwnReport own, Replicator replicator)
{
    public void FlushUpdates() => replicator.Flush(reports.AreAdjacent);

    public void SendReports(IEnumerable<Link> to, IReadOnlyList<NodeReport> chosen)
    {
        FlushUpdates();
        var first = 0;
        var bytes = 0;
        for (var i = 0; i < chosen.Count; i++)
        {
            bytes += chosen[i].Size;
            if (i == chosen.Count - 1 || bytes >= ProtocolLimits.BatchBytes(context.Options.MaxFrameBytes))
            {
                var frame = FrameCodec.Encode(new LinkFrame.Reports([.. chosen.Take(first..(i + 1))]));
                foreach (var link in to)
                {
                    context.Emit(new ClusterEffect.Send(link.Id, frame));
                }

                (first, bytes) = (i + 1, 0);
            }
        }
    }

    /// <summary>Tells all peers this node's report if it changed.</summary>
    public void SendOwnReport()
    {
        if (own.SendAt <= context.Monotonic)
        {
            SendReports(links.PeerLinks(), [own.Present!]);
            own.MarkSent();
        }
    }

    public void SendDuePulses()
    {
        foreach (var link in links.GreetedLinks().Where(link => link.NextPulse <= context.Monotonic).ToArray())
        {
            SendPulse(link);
        }
    }

    private void SendPulse(Link link)
    {
        FlushUpdates();
        var now = context.Monotonic;
        var held = link.LastPulse.SentTicks == 0 ? 0 : (now - link.LastPulse.ReceivedAt).Ticks;
        context.Send(link.Id, new LinkFrame.Pulse(
            Math.Max(1, now.Ticks),
            link.LastPulse.SentTicks,
            held,
            context.Now.Wall.ToUnixTimeMilliseconds(),
            link.IsPeerLink ? own.Present : null,
            link.IsPeerLink ? replicator.Vector() : []));
        link.NextPulse = now + context.Options.PulseInterval;
    }
}
