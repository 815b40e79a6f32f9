using Compeer.Cluster.Model;
using Compeer.Cluster.Versions;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Versions;

public sealed class ContentExchangeTests
{
    private static readonly string Hash = new('a', 64);
    private static readonly LinkId First = new(1);
    private static readonly LinkId Second = new(2);

    private readonly ClusterContext _context = new(
        new ClusterOptions { Self = new NodeId(1), Incarnation = 1 }, new ConfigurationVersion(1, "one"), TimeSpan.Zero);

    private readonly List<LinkId> _links = [First, Second];
    private readonly ContentExchange _exchange;
    private ClusterEffects _effects = new();
    private TimeSpan _now = TimeSpan.FromSeconds(10);

    public ContentExchangeTests()
    {
        _exchange = new ContentExchange(_context, () => _links);
        Begin();
    }

    [Fact]
    public void Want_ComesPieceByPieceAndEachIsPutAwayBeforeTheNext()
    {
        _exchange.Want([Hash]);
        Assert.Equal([(First, 0L)], Requests());

        Assert.Equal("", _exchange.Receive(First, Part(0, 300, 200)));
        Assert.Equal((0L, 300L, 200), Arrived());
        Assert.Empty(Requests());

        _exchange.Taken(Hash, 200, isWhole: false);
        Assert.Equal([(First, 200L)], Requests());

        Assert.Equal("", _exchange.Receive(First, Part(200, 300, 100)));
        _exchange.Taken(Hash, 300, isWhole: true);
        Assert.Equal(TimeSpan.MaxValue, _exchange.NextWake);
    }

    [Fact]
    public void Want_MissingAtOne_IsAskedForAtTheNextAndThenAgainAtAll()
    {
        _exchange.Want([Hash]);
        Assert.Equal([(First, 0L)], Requests());

        _exchange.Receive(First, new LinkFrame.ContentPart(Hash, 0, 0, IsMissing: true, default));
        Assert.Equal([(Second, 0L)], Requests());

        _exchange.Receive(Second, new LinkFrame.ContentPart(Hash, 0, 0, IsMissing: true, default));
        Assert.Empty(Requests());

        Wake();
        Assert.Equal([(First, 0L)], Requests());
    }

    [Fact]
    public void Want_LinkEndsOrIsSilent_BeginsAnewAtTheNext()
    {
        _exchange.Want([Hash]);
        _exchange.Receive(First, Part(0, 300, 200));
        _exchange.Taken(Hash, 200, isWhole: false);
        Begin();

        _links.Remove(First);
        _exchange.Forget(First);
        Assert.Equal([(Second, 0L)], Requests());

        _links.Add(First);
        Wake();
        Assert.Equal([(First, 0L)], Requests());

        // The piece of the one that was given up comes after all.
        Assert.Equal("", _exchange.Receive(Second, Part(0, 300, 200)));
        Assert.Null(Arrived());
    }

    [Fact]
    public void Taken_OfAnEarlierTry_CountsForNothing()
    {
        _exchange.Want([Hash]);
        _exchange.Receive(First, Part(0, 300, 200));
        _links.Remove(First);
        _exchange.Forget(First);
        Begin();

        _exchange.Taken(Hash, 200, isWhole: false);
        Assert.Empty(Requests());
    }

    [Fact]
    public void Want_Many_OnlySoManyAreUnderWay()
    {
        string[] hashes = [.. Enumerable.Range(0, 100).Select(number => $"{number:x64}")];
        _exchange.Want(hashes);
        _exchange.Want(hashes);
        Assert.Equal(ContentExchange.MaxUnderWay, Requests().Count);

        _exchange.Receive(First, new LinkFrame.ContentPart(hashes[3], 0, 1, IsMissing: false, new byte[1]));
        _exchange.Taken(hashes[3], 1, isWhole: true);
        Assert.Single(Requests());
    }

    [Theory]
    [InlineData(0, 300, 301)]
    [InlineData(0, 300, 0)]
    [InlineData(0, ContentExchange.MaxContentBytes + 1, 1)]
    public void Receive_PieceThatCannotBe_BreaksTheRules(long offset, long total, int bytes)
    {
        _exchange.Want([Hash]);
        Assert.NotEmpty(_exchange.Receive(First, Part(offset, total, bytes)));
        Assert.Null(Arrived());
    }

    [Fact]
    public void Receive_EmptyContent_IsWhole()
    {
        _exchange.Want([Hash]);
        Assert.Equal("", _exchange.Receive(First, Part(0, 0, 0)));
        Assert.Equal((0L, 0L, 0), Arrived());
    }

    [Fact]
    public void Asked_IsReadAndAnswered()
    {
        Assert.Equal("", _exchange.Asked(First, new LinkFrame.ContentRequest(Hash, 5, 10)));
        Assert.Equal(new ClusterEffect.ReadContent(First, Hash, 5, 10), Assert.Single(_effects.Items));
        Begin();

        _exchange.Answer(First, Hash, 5, 15, new byte[10]);
        var part = Assert.IsType<LinkFrame.ContentPart>(Assert.Single(Sent()).Frame);
        Assert.Equal((5L, 15L, false, 10), (part.Offset, part.Total, part.IsMissing, part.Data.Length));
        Begin();

        _exchange.Asked(First, new LinkFrame.ContentRequest(Hash, 0, 10));
        _exchange.Answer(First, Hash, 0, null, default);
        Assert.True(Assert.IsType<LinkFrame.ContentPart>(Assert.Single(Sent()).Frame).IsMissing);
    }

    [Fact]
    public void Asked_MoreThanIsOwed_BreaksTheRules()
    {
        for (var i = 0; i < ContentExchange.MaxOwed; i++)
        {
            Assert.Equal("", _exchange.Asked(First, new LinkFrame.ContentRequest(Hash, 0, 10)));
        }

        Assert.NotEmpty(_exchange.Asked(First, new LinkFrame.ContentRequest(Hash, 0, 10)));
        Assert.Equal("", _exchange.Asked(Second, new LinkFrame.ContentRequest(Hash, 0, 10)));

        _exchange.Answer(First, Hash, 0, 1, new byte[1]);
        Assert.Equal("", _exchange.Asked(First, new LinkFrame.ContentRequest(Hash, 0, 10)));
    }

    [Fact]
    public void Answer_AfterTheLinkEnded_IsNotSent()
    {
        _exchange.Asked(First, new LinkFrame.ContentRequest(Hash, 0, 10));
        _exchange.Forget(First);
        Begin();

        _exchange.Answer(First, Hash, 0, 1, new byte[1]);
        Assert.Empty(_effects.Items);
    }

    [Fact]
    public void Asked_ForMoreThanAFrameHolds_IsCutToWhatItHolds()
    {
        _exchange.Asked(First, new LinkFrame.ContentRequest(Hash, 0, int.MaxValue));
        Assert.InRange(Assert.IsType<ClusterEffect.ReadContent>(Assert.Single(_effects.Items)).Length, 1, 1 << 19);
    }

    private static LinkFrame.ContentPart Part(long offset, long total, int bytes) =>
        new(Hash, offset, total, IsMissing: false, new byte[bytes]);

    private void Begin()
    {
        _effects = new ClusterEffects();
        _context.Begin(new ClusterTime(_now, DateTimeOffset.UnixEpoch + _now), _effects);
    }

    private void Wake()
    {
        _now = _exchange.NextWake;
        Begin();
        _exchange.Advance();
    }

    private IReadOnlyList<(LinkId Link, LinkFrame Frame)> Sent() =>
    [
        .. _effects.Items.OfType<ClusterEffect.Send>().Select(send => (send.Link, FrameReader.Read(send.Frame, 1 << 20, out _)!)),
    ];

    private List<(LinkId Link, long Offset)> Requests()
    {
        var requests = Sent().Select(sent => (sent.Link, ((LinkFrame.ContentRequest)sent.Frame).Offset)).ToList();
        Begin();
        return requests;
    }

    private (long Offset, long Total, int Bytes)? Arrived()
    {
        var piece = _effects.Items.OfType<ClusterEffect.Content>().SingleOrDefault();
        Begin();
        return piece is null ? null : (piece.Offset, piece.Total, piece.Data.Length);
    }
}
