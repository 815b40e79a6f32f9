using Compeer.Cluster.Model;
using Compeer.Configuration.Synchronisation;

namespace Compeer.Daemon.Synchronisation;

/// <summary>A file or folder that a neighbour offers this node.</summary>
/// <param name="offer">What it is to be.</param>
internal sealed class IncomingPath(OfferedPath offer)
{
    /// <summary>What it is to be.</summary>
    public OfferedPath Offer { get; } = offer;

    /// <summary>The same as a tree; null until its manifest is here.</summary>
    public FileTree? Theirs { get; set; }

    /// <summary>How it stands; null until that is known.</summary>
    public PathReport? Report { get; private set; }

    /// <summary>Whether merlin.conf here lets the neighbour write it.</summary>
    public bool IsAllowed { get; set; }

    /// <summary>Under way when it is the part of a master's configuration that is being taken up; gives why it is not.</summary>
    public Task<string>? Taking { get; set; }

    /// <summary>Whether it is the part of a master's configuration that this node took on this connection: its version may have changed
    /// since.</summary>
    public bool IsTaken { get; set; }

    /// <summary>When both had the same last.</summary>
    public DateTimeOffset? LastSame { get; set; }

    /// <summary>Not before this is it tried again.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>The same path as it was offered before keeps what is known of it.</summary>
    public static IncomingPath Of(OfferedPath offer, IncomingPath? before) => before?.Offer == offer
        ? new IncomingPath(offer) { Theirs = before.Theirs, IsAllowed = before.IsAllowed, LastSame = before.LastSame }
        : before?.Offer.Hash == offer.Hash
            ? new IncomingPath(offer) { IsAllowed = before.IsAllowed, LastSame = before.LastSame, IsTaken = before.IsTaken }
        : new IncomingPath(offer) { IsAllowed = before?.IsAllowed ?? false, LastSame = before?.LastSame };

    /// <summary>Says how it stands; false when that was said.</summary>
    public bool Say(PathOutcome outcome, string reason)
    {
        var shown = reason.Length <= PathReport.MaxReasonLength ? reason : reason[..PathReport.MaxReasonLength];
        var report = new PathReport(Offer.Path, Offer.Hash, outcome, shown);
        if (report == Report)
        {
            return false;
        }

        Report = report;
        return true;
    }
}
