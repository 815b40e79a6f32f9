using System.Collections.Immutable;
using Compeer.Cluster.Links;
using Compeer.Cluster.Model;
using Compeer.Cluster.Versions;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Files;

/// <summary>
/// Tells each neighbour which files and folders are to be the same there, brings what it offers, and gives what was offered to it,
/// to it alone. What is taken from whom is not decided here: whoever writes the files knows what may be written. Neighbours of any
/// kind take part, as far as they understand it.
/// </summary>
/// <param name="context">What the parts of the machine share.</param>
/// <param name="links">The neighbours.</param>
internal sealed class FilesExchange(ClusterContext context, LinkTable links)
{
    private readonly Dictionary<NodeId, Partner> _partners = [];

    /// <summary>When <see cref="Advance"/> has something to do.</summary>
    public TimeSpan NextWake =>
        _partners.Count == 0 ? TimeSpan.MaxValue : _partners.Values.Min(partner => partner.Content.NextWake);

    /// <summary>Whether a frame is about files.</summary>
    public static bool IsForIt(LinkFrame frame) => frame is LinkFrame.FilesOffer or LinkFrame.FilesReport
        or LinkFrame.ContentRequest { IsOfFiles: true } or LinkFrame.ContentPart { IsOfFiles: true };

    /// <summary>A frame came; the rule that it breaks, or nothing.</summary>
    public string Receive(Link link, LinkFrame frame)
    {
        var neighbour = link.Neighbour.Config.Id;
        switch (frame)
        {
            case LinkFrame.FilesOffer offer:
                context.Emit(new ClusterEffect.FilesOffered(neighbour, offer.Paths));
                return "";
            case LinkFrame.FilesReport report:
                context.Emit(new ClusterEffect.FilesReported(neighbour, report.Paths));
                return "";
            case LinkFrame.ContentRequest request:
                return PartnerOf(neighbour).Content.Asked(link.Id, request);
            case LinkFrame.ContentPart part:
                return PartnerOf(neighbour).Content.Receive(link.Id, part);
            default:
                throw new ArgumentOutOfRangeException(nameof(frame), frame, "not about files");
        }
    }

    /// <summary>What the shell has to say.</summary>
    public void Take(FilesInput input)
    {
        switch (input)
        {
            case FilesInput.Offer offer:
                var partner = PartnerOf(offer.Neighbour);
                partner.Offer = [.. offer.Paths];
                partner.ToldOn = null;
                Tell(offer.Neighbour, partner);
                break;
            case FilesInput.Report { Paths.Count: > 0 } report when LinkTo(report.Neighbour) is { } link:
                context.Send(link.Id, new LinkFrame.FilesReport([.. report.Paths]));
                break;
            case FilesInput.Want want:
                PartnerOf(want.Neighbour).Content.WantNothing();
                PartnerOf(want.Neighbour).Content.Want(want.Hashes);
                break;
            case FilesInput.Taken taken:
                PartnerOf(taken.Neighbour).Content.Taken(taken.Hash, taken.Received, taken.IsWhole);
                break;
            case FilesInput.Read read:
                PartnerOf(read.Neighbour).Content.Answer(read.Link, read.Hash, read.Offset, read.Total, read.Data);
                break;
            default:
                // A report for a neighbour that has gone: it offers again when it is back.
                break;
        }
    }

    /// <summary>Looks who is connected: says so to the shell, and tells a new connection what is offered.</summary>
    public void Follow()
    {
        foreach (var neighbour in links.Neighbours)
        {
            var partner = PartnerOf(neighbour.Config.Id);
            partner.WasNeighbour = true;
            var state = neighbour.Greeted is not { } link ? FilesPartnerState.Away
                : Understands(link) ? FilesPartnerState.Connected
                : FilesPartnerState.Unable;
            if (state != partner.State)
            {
                partner.State = state;
                context.Emit(new ClusterEffect.FilesPartner(neighbour.Config.Id, state));
            }

            Tell(neighbour.Config.Id, partner);
        }

        if (_partners.Count > links.Neighbours.Count)
        {
            // The shell may have had the offer for a new neighbour before this machine has the neighbour.
            foreach (var gone in _partners.Where(one => one.Value.WasNeighbour && links.Find(one.Key) is null).ToArray())
            {
                _partners.Remove(gone.Key);
            }
        }
    }

    /// <summary>A link ended.</summary>
    public void Forget(LinkId link)
    {
        foreach (var partner in _partners.Values)
        {
            partner.Content.Forget(link);
        }
    }

    /// <summary>Time passed.</summary>
    public void Advance()
    {
        foreach (var partner in _partners.Values)
        {
            partner.Content.Advance();
        }
    }

    private void Tell(NodeId neighbour, Partner partner)
    {
        if (partner.Offer is { } offer && LinkTo(neighbour) is { } link && partner.ToldOn != link.Id)
        {
            partner.ToldOn = link.Id;
            context.Send(link.Id, new LinkFrame.FilesOffer(offer));
        }
    }

    private Link? LinkTo(NodeId neighbour) =>
        links.Find(neighbour)?.Greeted is { } link && Understands(link) ? link : null;

    private static bool Understands(Link link) => link.Hello!.Capabilities.HasFlag(Capabilities.Files);

    private Partner PartnerOf(NodeId neighbour)
    {
        if (!_partners.TryGetValue(neighbour, out var partner))
        {
            partner = new Partner(new ContentExchange(
                context, () => LinkTo(neighbour) is { } link ? [link.Id] : [], neighbour));
            _partners.Add(neighbour, partner);
        }

        return partner;
    }

    private sealed class Partner(ContentExchange content)
    {
        public ContentExchange Content { get; } = content;

        /// <summary>What is to be the same there; null until the shell says it.</summary>
        public ImmutableArray<OfferedPath>? Offer { get; set; }

        /// <summary>The link on which it was told that.</summary>
        public LinkId? ToldOn { get; set; }

        /// <summary>Whether it was ever a neighbour here.</summary>
        public bool WasNeighbour { get; set; }

        public FilesPartnerState State { get; set; } = FilesPartnerState.Away;
    }
}
