using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Files;

/// <summary>Files that are kept the same: what is said to whom, and whom content comes from and goes to.</summary>
public sealed class FilesExchangeTests
{
    private static readonly NodeId Large = MachineHarness.Large;
    private static readonly NodeId Small = MachineHarness.Small;
    private static readonly string Hash = new('a', 64);
    private static readonly OfferedPath Offered = new("/x", Hash);

    [Fact]
    public void Offer_IsToldOnEveryConnectionAndWhenItChanges()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        Exchange(one, new FilesInput.Offer(Large, [Offered]));
        Assert.Empty(one.All.OfType<ClusterEffect.Send>());

        var first = Greet(one, Large);
        Assert.Equal(Offered, Assert.Single(Assert.Single(one.SentOn(first).OfType<LinkFrame.FilesOffer>()).Paths));
        Exchange(one, new FilesInput.Offer(Large, []));
        Assert.Empty(one.SentOn(first).OfType<LinkFrame.FilesOffer>().Last().Paths);
        Exchange(one, new FilesInput.Offer(Large, [Offered]));
        one.Do((machine, now, effects) => machine.LinkClosed(now, first, "gone", effects));

        var second = Greet(one, Large);
        Assert.Equal(Offered, Assert.Single(Assert.Single(one.SentOn(second).OfType<LinkFrame.FilesOffer>()).Paths));
        Assert.Equal(
            [FilesPartnerState.Connected, FilesPartnerState.Away, FilesPartnerState.Connected],
            one.All.OfType<ClusterEffect.FilesPartner>().Select(partner => partner.State));
    }

    /// <summary>What looks at files may be the first to hear of a new neighbour, whose offer must not get lost.</summary>
    [Fact]
    public void Offer_BeforeTheNeighbourIsKnownHere_IsToldOnItsFirstConnection()
    {
        var one = new MachineHarness(MachineHarness.Peer(Small));
        Greet(one, Small);
        Exchange(one, new FilesInput.Offer(Large, [Offered]));
        Exchange(one, new FilesInput.Offer(Small, []));
        one.Wait(TimeSpan.FromSeconds(2));

        one.Do((machine, now, effects) => machine.SetNeighbours(
            now, [MachineHarness.Peer(Small), MachineHarness.Peer(Large)], effects));
        var link = Greet(one, Large);

        Assert.Equal(Offered, Assert.Single(Assert.Single(one.SentOn(link).OfType<LinkFrame.FilesOffer>()).Paths));
    }

    [Fact]
    public void OlderNode_IsToldNothing()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        Exchange(one, new FilesInput.Offer(Large, [Offered]));
        var link = Greet(one, Large, Capabilities.Own & ~Capabilities.Files);
        Exchange(one, new FilesInput.Report(Large, [new PathReport("/x", Hash, PathOutcome.Same, "")]));
        Exchange(one, new FilesInput.Want(Large, [Hash]));

        Assert.DoesNotContain(
            one.SentOn(link), frame => frame is LinkFrame.FilesOffer or LinkFrame.FilesReport or LinkFrame.ContentRequest);
        Assert.Equal(FilesPartnerState.Unable, Assert.Single(one.All.OfType<ClusterEffect.FilesPartner>()).State);
    }

    [Fact]
    public void OfferAndReport_OfOthers_ComeOutWithWhoseTheyAre()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = Greet(one, Large);

        one.Receive(link, new LinkFrame.FilesOffer([Offered]));
        var offered = Assert.IsType<ClusterEffect.FilesOffered>(Assert.Single(one.Last));
        Assert.Equal(Large, offered.Neighbour);
        Assert.Equal(Offered, Assert.Single(offered.Paths));

        var report = new PathReport("/x", Hash, PathOutcome.Refused, "no");
        one.Receive(link, new LinkFrame.FilesReport([report]));
        Assert.Equal(report, Assert.Single(Assert.IsType<ClusterEffect.FilesReported>(Assert.Single(one.Last)).Paths));
    }

    [Fact]
    public void Content_IsAskedOfItsOwnerAloneAndKeptApartFromThatOfAConfiguration()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large), MachineHarness.Peer(Small));
        var large = Greet(one, Large);
        var small = Greet(one, Small);
        Exchange(one, new FilesInput.Want(Small, [Hash]));

        Assert.Empty(one.SentOn(large).OfType<LinkFrame.ContentRequest>());
        Assert.True(Assert.Single(one.SentOn(small).OfType<LinkFrame.ContentRequest>()).IsOfFiles);
        one.Receive(large, new LinkFrame.ContentPart(Hash, 0, 3, IsMissing: false, new byte[3], IsOfFiles: true));
        one.Receive(small, new LinkFrame.ContentPart(Hash, 0, 3, IsMissing: false, new byte[3]));
        Assert.Empty(one.All.OfType<ClusterEffect.Content>());
        one.Receive(small, new LinkFrame.ContentPart(Hash, 0, 3, IsMissing: false, new byte[3], IsOfFiles: true));
        Assert.Equal(Small, Assert.Single(one.All.OfType<ClusterEffect.Content>()).FilesOf);
    }

    [Fact]
    public void Content_AskedFor_ComesFromTheShellAndGoesBackTheSameWay()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = Greet(one, Large);
        one.Receive(link, new LinkFrame.ContentRequest(Hash, 5, 10, IsOfFiles: true));
        var read = Assert.Single(one.All.OfType<ClusterEffect.ReadContent>());
        Assert.Equal((Large, 5L, 10), (read.FilesFor, read.Offset, read.Length));

        Exchange(one, new FilesInput.Read(Large, link, Hash, 5, 8, new byte[3]));
        var part = Assert.Single(one.SentOn(link).OfType<LinkFrame.ContentPart>());
        Assert.Equal((true, 8L, 3), (part.IsOfFiles, part.Total, part.Data.Length));
    }

    [Fact]
    public void TooManyRequests_EndTheLink()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large));
        var link = Greet(one, Large);
        for (var i = 0; i < 40; i++)
        {
            one.Receive(link, new LinkFrame.ContentRequest(Hash, i, 10, IsOfFiles: true));
        }

        Assert.Contains(one.All, effect => effect is ClusterEffect.Close close && close.Link == link);
    }

    [Fact]
    public void Poller_TakesPartToo()
    {
        var one = new MachineHarness(MachineHarness.Peer(Large) with { Kind = NeighbourKind.Poller });
        Exchange(one, new FilesInput.Offer(Large, [Offered]));
        var link = one.Open(Large);
        one.Receive(link, MachineHarness.Hello(Large) with { ReceiverKind = NeighbourKind.Master, Capabilities = Capabilities.Own });

        Assert.Single(one.SentOn(link).OfType<LinkFrame.FilesOffer>());
        one.Receive(link, new LinkFrame.FilesOffer([Offered]));
        Assert.Contains(one.Last, effect => effect is ClusterEffect.FilesOffered);
    }

    private static LinkId Greet(MachineHarness one, NodeId neighbour, Capabilities capabilities = Capabilities.Own)
    {
        var link = one.Open(neighbour);
        one.Receive(link, MachineHarness.Hello(neighbour) with { Capabilities = capabilities });
        return link;
    }

    private static void Exchange(MachineHarness one, FilesInput input) =>
        one.Do((machine, now, effects) => machine.Exchange(now, input, effects));
}
