using Compeer.Engine.Model;

namespace Compeer.Engine.Site;

/// <summary>The ids that this node gives to comments, downtimes and acknowledgements. Each of the three has numbers of its own, as in
/// Naemon.</summary>
internal sealed class EntryNumbers
{
    private ulong _lastComment;
    private ulong _lastDowntime;
    private ulong _lastAcknowledgement;

    /// <summary>How they are numbered.</summary>
    public EntryNumbering Numbering { get; set; } = EntryNumbering.Alone;

    /// <summary>An id for a comment.</summary>
    public EntryId NextComment(EngineSite site) => Next(ref _lastComment, site.Comments.HighestNumber);

    /// <summary>An id for a downtime.</summary>
    public EntryId NextDowntime(EngineSite site) => Next(ref _lastDowntime, site.Downtimes.HighestNumber);

    /// <summary>An id for an acknowledgement.</summary>
    public EntryId NextAcknowledgement(EngineSite site) => Next(ref _lastAcknowledgement, site.Acknowledgements.HighestNumber);

    // A number is used once in a run of a node, also when what had it is gone.
    private EntryId Next(ref ulong last, ulong highest) =>
        new(last = Numbering.Above(Math.Max(last, highest)), Numbering.Writer);
}
