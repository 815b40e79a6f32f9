using Compeer.Cluster.Files;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;
using Compeer.Cluster.Testing;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Exchange;

/// <summary>What to do with each frame that came.</summary>
internal sealed class FrameHandler(
    ClusterContext context,
    LinkTable links,
    ReportStore reports,
    OwnReport own,
    Replicator replicator,
    Broadcaster broadcaster,
    ConfigurationWatch objects,
    ContentTravel travel)
{
    private readonly ClockWatch _clocks = new(context, links);
    private long _laterRun;
    private bool _givenUp;

    /// <summary>Frames of later versions that were skipped, since the start.</summary>
    public long Unknown { get; private set; }

    /// <summary>A later run of this node that the others know of, said once; null when there is none.</summary>
    public long? TakeLaterRun()
    {
        var later = _laterRun;
        _laterRun = 0;
        return later == 0 ? null : later;
    }

    /// <summary>Whether a neighbour that this node counts on turned out to have given it up; said once.</summary>
    public bool TakeGivenUp()
    {
        var givenUp = _givenUp;
        _givenUp = false;
        return givenUp;
    }

    /// <summary>Handles a frame; the rule that it breaks, or nothing.</summary>
    public string Handle(Link link, LinkFrame frame, int frameBytes)
    {
        if (frame is LinkFrame.Refused refused)
        {
            links.RefusedThere(link, refused);
            return "";
        }

        if (link.Hello is null || frame is LinkFrame.Hello)
        {
            if (link.Hello is not null)
            {
                return "it said hello twice";
            }

            if (frame is not LinkFrame.Hello hello)
            {
                return "it did not say hello first";
            }

            HandleHello(link, hello);
            return "";
        }

        if (frame is LinkFrame.Pulse pulse)
        {
            return HandlePulse(link, pulse);
        }

        if (frame is LinkFrame.Unknown)
        {
            Unknown++;
            return "";
        }

        if (FilesExchange.IsForIt(frame))
        {
            return travel.Files.Receive(link, frame);
        }

        if (CheckTestExchange.IsForIt(frame))
        {
            return travel.Tests.Receive(link, frame);
        }

        return frame is LinkFrame.ContentRequest or LinkFrame.ContentPart or LinkFrame.ObjectsRequest or LinkFrame.Objects
            ? HandleContent(link, frame)
            : HandleNews(link, frame, frameBytes);
    }

    /// <summary>A configuration is for peers: what a master has beyond a poller's part is not for the poller to see.</summary>
    private string HandleContent(Link link, LinkFrame frame)
    {
        switch (frame)
        {
            case LinkFrame.ObjectsRequest asked when !link.Neighbour.IsBelow:
                objects.Answer(link, asked);
                break;
            case LinkFrame.Objects part:
                objects.Take(link, part);
                break;
            case LinkFrame.ContentRequest request when !link.Neighbour.IsPeer:
                context.Send(link.Id, new LinkFrame.ContentPart(request.Hash, request.Offset, Total: 0, IsMissing: true, Data: default));
                break;
            case LinkFrame.ContentRequest request:
                return travel.Configurations.Content.Asked(link.Id, request);
            case LinkFrame.ContentPart part:
                return travel.Configurations.Content.Receive(link.Id, part);
            default:
                // A poller does not learn which objects its masters have.
                break;
        }

        return "";
    }

    private string HandleNews(Link link, LinkFrame frame, int frameBytes)
    {
        switch (frame)
        {
            case LinkFrame.Reports news:
                TakeReports(link, news.Items);
                break;
            case LinkFrame.Updates updates:
                replicator.Receive(link.Id, updates, frameBytes);
                break;
            case LinkFrame.SyncRequest request:
                replicator.Answer(link.Id, request);
                break;
            case LinkFrame.SyncDone done when replicator.Complete(link.Id, done):
                links.Synced(link);
                break;
            case LinkFrame.Ack ack when !replicator.Acknowledge(link.Id, ack.Frames):
                return "it acknowledged what was not sent";
            case LinkFrame.Entries entries:
                replicator.Receive(link.Id, entries, frameBytes);
                break;
            case LinkFrame.Streams streams when !replicator.Hear(link.Id, streams):
                return "it acknowledged what was not sent";
            case LinkFrame.Seen seen:
                replicator.Learn(link.Id, seen);
                break;
            default:
                // An acknowledgement that was taken, or the end of a sync that a later one replaced.
                break;
        }

        return "";
    }

    private void HandleHello(Link link, LinkFrame.Hello hello)
    {
        if (!links.Greet(link, hello))
        {
            return;
        }

        link.Neighbour.ReadClock(context.Now, hello.WallMilliseconds);
        broadcaster.SendAllReports(link);
        replicator.Greet(link.Id, link.Neighbour.Config, hello.Capabilities);
        replicator.RequestSync(link.Id);
    }

    private string HandlePulse(Link link, LinkFrame.Pulse pulse)
    {
        link.LastPulse = (pulse.SentTicks, context.Monotonic);
        link.Neighbour.Clock.Echo(context.Monotonic, pulse.EchoTicks, pulse.EchoHeldTicks);
        link.Neighbour.ReadClock(context.Now, pulse.WallMilliseconds);
        _clocks.Look(link.Neighbour);
        var latest = reports.Find(link.Neighbour.Config.Id)?.Incarnation ?? 0;
        if (!links.TakePulse(link, latest))
        {
            return "";
        }

        // What is on its way makes two tables differ for a moment; what is lost, for longer.
        if (link.DiffersAgain(reports.Digest != pulse.ReportDigest))
        {
            broadcaster.SendAllReports(link);
        }

        replicator.Compare(link.Id, pulse.Known);
        return replicator.Acknowledge(link.Id, pulse.Frames) ? "" : "it acknowledged what was not sent";
    }

    private void TakeReports(Link from, IReadOnlyList<NodeReport> items)
    {
        foreach (var report in items)
        {
            if (report.Node != context.Self)
            {
                Take(from, report);
            }
            else if (own.Present is { } present && report.IsNewerThan(present))
            {
                _laterRun = Math.Max(_laterRun, report.Incarnation);
            }
        }

        reports.Trim(context.Self);
    }

    private void Take(Link from, NodeReport report)
    {
        if (report.Node == from.Neighbour.Config.Id)
        {
            from.Configuration = report.Configuration;
        }

        var before = reports.Find(report.Node);
        if (!reports.Add(report))
        {
            return;
        }

        broadcaster.Reports.Add(report.Node, from.Neighbour.Config.Id);
        _givenUp |= from.Neighbour.Edge == report.Run && before is not null && before.HasEdge(context.Run)
            && !report.HasEdge(context.Run);
    }
}
