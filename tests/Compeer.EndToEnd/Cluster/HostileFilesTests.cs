using System.Security.Cryptography;
using System.Text;
using Compeer.Cluster.Wire.Proto;
using Compeer.EndToEnd.Harness;
using Google.Protobuf;

namespace Compeer.EndToEnd.Cluster;

/// <summary>A neighbour whose key is right, which may write one folder, and which tries to write everything else.</summary>
public sealed class HostileFilesTests : ClusterTest
{
    private const ulong Magic = 0x434F_4D50_4545_5201;
    private const ulong ContentAndFiles = 256 | 512;
    private const ulong Tiers = 16;

    private const string NotWritten = "does not let the sender write it";

    private static readonly string Evil = HashOf(Encoding.UTF8.GetBytes("evil"));

    [Fact]
    public async Task Offers_OfAHostileNode_WriteNothingButWhatIsAllowed()
    {
        var cluster = await StartClusterAsync(TracedSite(hosts: 4, services: 1, interval: 2), peers: 2);
        using var health = await ClusterHealth.WatchAsync(cluster);
        var foreign = Own(new MonitorNode(Folder, "p3"));
        var target = Directory.CreateDirectory(Folder.File("b")).FullName + "/kept";
        foreach (var node in cluster.Nodes)
        {
            // Masters that name different pollers leave all to the one that names more.
            await File.WriteAllTextAsync(Path.Combine(node.Paths.MerlinFolder, "p3.pub"), await foreign.KeyAsync());
            await File.AppendAllTextAsync(
                node.Paths.MerlinConfiguration,
                $"poller p3 {{\n address = {foreign.Address}\n port = {foreign.Port}\n publickey = p3.pub\n hostgroup = far\n"
                    + $" sync {{\n  {target} = accept\n }}\n}}\n");
        }

        await Eventually.HoldsAsync(
            "a further node", "p1 knows p3", Limits.LiveChange,
            async () => (await cluster[0].NodesAsync()).Nodes.Any(node => node.Name == "p3") ? null : "it does not", cluster[0]);
        var many = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"left {i}\n"));
        const uint Refused = 2;
        const uint Pushed = 4;
        (string Path, string Items, string Reason)[] cases =
        [
            (target, $"file 644 a a 1 4 {Evil} ../evil\n", "a name that leads elsewhere"),
            (target, $"file 644 a a 1 4 {Evil} /{Folder.Path}/evil\n", "a name that leads elsewhere"),
            (target, "link 2 .. way\n", "a link that leads out of it"),
            (target, $"link 1 . way\nfile 644 a a 1 4 {Evil} way/evil\n", "a name that leads elsewhere"),
            (target, $"file 644 a a 1 99999999999 {Evil} large\n", "a file of 99999999999 bytes"),
            (target, many, "20001 files; at most 10000 are taken"),
            (target, $"file 4755 a a 1 4 {Evil} rights\n", "a line that makes no sense"),
            (Folder.File("evil"), $"file 644 a a 1 4 {Evil} x\n", NotWritten),
            (target + "/../evil", $"file 644 a a 1 4 {Evil} x\n", NotWritten),
            (cluster[0].Paths.MerlinConfiguration, "", "the keys and the nodes of the cluster"),
        ];
        foreach (var (path, items, reason) in cases)
        {
            var report = await OfferAsync(foreign, cluster[0], path, items);
            Assert.Equal(reason == NotWritten ? Pushed : Refused, report.Outcome);
            Assert.Contains(reason, report.Reason, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.EnumerateFiles(Folder.Path, "*evil*", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(target));

        // What is allowed is taken all the same.
        Assert.Equal(1u, (await OfferAsync(foreign, cluster[0], target, $"file 644 a a 630000000000000000 4 {Evil} allowed\n")).Outcome);
        Assert.Equal("evil", await File.ReadAllTextAsync(target + "/allowed"));
        await health.AssertGoodAsync("after hostile files");
    }

    /// <summary>Connects, offers one path, gives what is asked for, and waits for what the other says of it.</summary>
    private static async Task<PathReport> OfferAsync(MonitorNode identity, MonitorNode target, string path, string items)
    {
        using var foreign = await ForeignNode.ConnectAsync(identity, target);
        var manifest = Encoding.UTF8.GetBytes($"compeer files 1\nfolder 755 a a \n{items}");
        var contents = new[] { manifest, "evil"u8.ToArray() }.ToDictionary(HashOf);
        await SendAsync(foreign, new Frame { Hello = Hello(identity) });
        var offer = new FilesOffer { Paths = { new OfferedPath { Path = path, Hash = HashOf(manifest) } } };
        await SendAsync(foreign, new Frame { FilesOffer = offer });
        using var limit = new CancellationTokenSource(Limits.LiveChange);
        while (await foreign.ReadFrameAsync(limit.Token) is { } bytes)
        {
            var frame = Frame.Parser.ParseFrom(bytes);
            switch (frame.BodyCase)
            {
                case Frame.BodyOneofCase.Pulse:
                    await SendAsync(foreign, new Frame { Pulse = new Pulse { SentTicks = 1 } });
                    break;
                case Frame.BodyOneofCase.ContentRequest:
                    await SendAsync(foreign, new Frame { ContentPart = PartOf(frame.ContentRequest, contents) });
                    break;
                case Frame.BodyOneofCase.FilesReport when frame.FilesReport.Paths[0].Outcome != 0:
                    return frame.FilesReport.Paths[0];
                default:
                    // What else a node says does not matter here.
                    break;
            }
        }

        Eventually.Fail($"an offer of {path}", "it is answered", "it is not", [target]);
        throw new InvalidOperationException("unreachable");
    }

    private static ContentPart PartOf(ContentRequest request, Dictionary<string, byte[]> contents)
    {
        var content = contents[request.Hash];
        var length = (int)Math.Min(request.Length, content.Length - request.Offset);
        return new ContentPart
        {
            Hash = request.Hash,
            Offset = request.Offset,
            Total = content.Length,
            Data = ByteString.CopyFrom(content.AsSpan((int)request.Offset, length)),
            Files = true,
        };
    }

    private static Hello Hello(MonitorNode node)
    {
        var id = Identity(node);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return new Hello
        {
            Magic = Magic,
            MinVersion = 2,
            MaxVersion = 2,
            Capabilities = ContentAndFiles | Tiers,
            Node = id,
            Incarnation = now,
            SoftwareVersion = "0.0.0",
            Configuration = new Compeer.Cluster.Wire.Proto.Configuration { Number = 1, Hash = "foreign", Origin = id },
            ReceiverKind = 3,
            SilenceLimitMs = 3000,
            WallMs = now,
        };
    }

    private static ByteString Identity(MonitorNode node)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(node.Paths.MerlinFolder, "node.key")));
        return ByteString.CopyFrom(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 16));
    }

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static async Task SendAsync(ForeignNode node, Frame frame) =>
        Assert.True(await node.TrySendAsync(ForeignNode.Framed(frame.ToByteArray()), Limits.Moment), "the connection was closed");
}
