using System.Security.Cryptography;
using Compeer.Cluster.Wire.Proto;
using Google.Protobuf;
using WireConfiguration = Compeer.Cluster.Wire.Proto.Configuration;

namespace Compeer.EndToEnd.Harness;

/// <summary>
/// A peer that is one as far as the protocol goes, and works by a configuration that the test makes up: it says that it is newer than
/// the others', and gives whoever fetches it whatever the test wants.
/// </summary>
internal sealed class ForeignPeer : IDisposable
{
    private const ulong ContentCapability = 1 << 8;

    private static readonly TimeSpan PulseInterval = TimeSpan.FromMilliseconds(500);

    private readonly ForeignNode _node;
    private readonly ByteString _self;
    private readonly long _incarnation = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly Func<ContentRequest, ContentPart> _give;
    private readonly CancellationTokenSource _ending = new();
    private readonly SemaphoreSlim _sending = new(1);
    private WireConfiguration _configuration = new();
    private long _sequence;
    private long _seen;
    private Task _work = Task.CompletedTask;

    private ForeignPeer(ForeignNode node, ByteString self, Func<ContentRequest, ContentPart> give) =>
        (_node, _self, _give) = (node, self, give);

    /// <summary>Pieces of content that were asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>Joins the group of <paramref name="target"/>.</summary>
    /// <param name="identity">Whose key it has.</param>
    /// <param name="target">Whom it connects to.</param>
    /// <param name="hash">What its configuration is known by.</param>
    /// <param name="give">What it gives whoever asks for content.</param>
    public static async Task<ForeignPeer> JoinAsync(
        MonitorNode identity, MonitorNode target, string hash, Func<ContentRequest, ContentPart> give)
    {
        var node = await ForeignNode.ConnectAsync(identity, target);
        var peer = new ForeignPeer(node, IdentityOf(identity), give);
        peer._work = peer.TalkAsync(hash, target);
        return peer;
    }

    /// <summary>A node's identity follows from its public key: the first 16 bytes of its SHA-256.</summary>
    public static ByteString IdentityOf(MonitorNode node)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(node.Paths.MerlinFolder, "node.key")));
        return ByteString.CopyFrom(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 16));
    }

    public void Dispose()
    {
        _ending.Cancel();
        _node.Dispose();
        _work.GetAwaiter().GetResult();
        _sending.Dispose();
        _ending.Dispose();
    }

    private async Task TalkAsync(string hash, MonitorNode target)
    {
        var present = (await target.NodesAsync()).Nodes[0];
        var history = await HistoryAsync();
        _configuration = new WireConfiguration
        {
            Number = present.ConfigurationNumber + 1,
            Hash = hash,
            Origin = _self,
            History = history,
        };
        await SendAsync(new Frame { Hello = HelloOf() });
        var pulses = PulseAsync();
        while (await _node.ReadFrameAsync(_ending.Token) is { } body)
        {
            await AnswerAsync(Frame.Parser.ParseFrom(body));
        }

        await _ending.CancelAsync();
        await pulses;
    }

    /// <summary>The other end greets first and names the history that its configuration belongs to.</summary>
    private async Task<ByteString> HistoryAsync()
    {
        while (await _node.ReadFrameAsync(_ending.Token) is { } body)
        {
            if (Frame.Parser.ParseFrom(body) is { Hello: { } hello })
            {
                return hello.Configuration.History;
            }
        }

        return ByteString.Empty;
    }

    private Hello HelloOf() => new()
    {
        Magic = 0x434F_4D50_4545_5201,
        MinVersion = 2,
        MaxVersion = 2,
        Capabilities = ContentCapability,
        Node = _self,
        Incarnation = _incarnation,
        SoftwareVersion = "0.0.0",
        Configuration = _configuration,
        ReceiverKind = 1,
        SilenceLimitMs = 3000,
        WallMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
    };

    private async Task AnswerAsync(Frame frame)
    {
        switch (frame.BodyCase)
        {
            case Frame.BodyOneofCase.SyncRequest:
                await SendAsync(new Frame { SyncDone = new SyncDone { Sync = frame.SyncRequest.Sync } });
                break;
            case Frame.BodyOneofCase.Pulse:
                _seen = frame.Pulse.SentTicks;
                break;
            case Frame.BodyOneofCase.Reports:
                await ReportAsync(frame.Reports.Reports_);
                break;
            case Frame.BodyOneofCase.ContentRequest:
                Asked++;
                await SendAsync(new Frame { ContentPart = _give(frame.ContentRequest) });
                break;
            default:
                // What else a node says does not matter here.
                break;
        }
    }

    /// <summary>Says that it takes its share, and is connected with all that it hears of.</summary>
    private async Task ReportAsync(IEnumerable<Report> others)
    {
        var report = new Report
        {
            Node = _self,
            Incarnation = _incarnation,
            Sequence = ++_sequence,
            Revision = _sequence,
            Acting = true,
            Configuration = _configuration,
        };
        report.Edges.AddRange(others.Where(other => other.Node != _self).OrderBy(other => Convert.ToHexString(other.Node.Span))
            .Select(other => new Run { Node = other.Node, Incarnation = other.Incarnation }));
        if (report.Edges.Count > 0)
        {
            await SendAsync(new Frame { Reports = new Reports { Reports_ = { report } } });
        }
    }

    private async Task PulseAsync()
    {
        using var timer = new PeriodicTimer(PulseInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                await SendAsync(new Frame
                {
                    Pulse = new Pulse
                    {
                        SentTicks = TimeProvider.System.GetTimestamp(),
                        EchoTicks = _seen,
                        WallMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
                    },
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
    }

    private async Task SendAsync(Frame frame)
    {
        await _sending.WaitAsync();
        try
        {
            await _node.TrySendAsync(ForeignNode.Framed(frame.ToByteArray()), TimeSpan.FromSeconds(5));
        }
        finally
        {
            _sending.Release();
        }
    }
}
