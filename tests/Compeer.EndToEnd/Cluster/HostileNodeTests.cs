using System.Diagnostics;
using Compeer.Cluster.Wire.Proto;
using Compeer.EndToEnd.Harness;
using Google.Protobuf;
using Xunit.Abstractions;

namespace Compeer.EndToEnd.Cluster;

/// <summary>A configured node whose key is right and whose frames are not: it is disconnected, the others notice nothing.</summary>
public sealed class HostileNodeTests(ITestOutputHelper output) : ClusterTest
{
    private const ulong Magic = 0x434F_4D50_4545_5201;

    private static readonly TimeSpan Flood = TimeSpan.FromSeconds(2);

    /// <summary>A connection that says nothing is closed after 5 s, any other at once.</summary>
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(5) + Limits.Moment;

    [Fact]
    public async Task Frames_ThatAreNone_EndTheConnectionWithTheReason()
    {
        var cluster = await StartAsync();
        using var health = await ClusterHealth.WatchAsync(cluster);
        var random = new byte[500];
        new Random(7).NextBytes(random);
        (string What, byte[] Bytes, string Reason)[] cases =
        [
            ("a huge frame announced", [0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3], "4294967295"),
            ("a frame a byte too long announced", [0x00, 0x10, 0x00, 0x01], "1048577"),
            ("an empty frame", [0, 0, 0, 0], "0 bytes"),
            ("a frame of random bytes", ForeignNode.Framed(random), "not a frame"),
            ("a pulse before any hello", ForeignNode.Framed(new Frame { Pulse = new Pulse { SentTicks = 1 } }.ToByteArray()), "hello"),
            ("another program's hello", ForeignNode.Framed(new Frame { Hello = new Hello { Magic = 1 } }.ToByteArray()), "hello"),
            ("a hello of a later version", ForeignNode.Framed(Hello(cluster[2], version: 99)), "version"),
            ("another node's hello", ForeignNode.Framed(Hello(cluster[1], version: 2)), "but its key is that of"),
        ];
        foreach ((var what, var bytes, var reason) in cases)
        {
            var logged = cluster[0].Log.Length;
            using var foreign = await ForeignNode.ConnectAsync(cluster[2], cluster[0]);
            await foreign.TrySendAsync(bytes, TimeSpan.FromSeconds(5));
            Assert.True(await foreign.IsClosedWithinAsync(Closing), $"{what}: the connection stays open");
            await Eventually.HoldsAsync(
                what,
                $"the log names p3 and '{reason}'",
                Limits.Moment,
                () => cluster[0].Log[logged..].Split('\n').Any(line =>
                    line.Contains("p3", StringComparison.Ordinal) && line.Contains(reason, StringComparison.OrdinalIgnoreCase))
                    ? null
                    : "it does not",
                cluster[0]);
        }

        // A body that this version does not know is passed over after the hello; before it, it is no hello. That was told above.
        using var unknown = await ForeignNode.ConnectAsync(cluster[2], cluster[0]);
        await unknown.TrySendAsync(ForeignNode.Framed([0x7A, 0x00]), TimeSpan.FromSeconds(5));
        Assert.True(await unknown.IsClosedWithinAsync(Closing), "an unknown body before any hello keeps a connection open");

        await health.AssertGoodAsync("after frames that are none");
    }

    [Fact]
    public async Task Connections_ThatFallSilentInAFrame_AreClosed()
    {
        var cluster = await StartAsync();
        using var health = await ClusterHealth.WatchAsync(cluster);

        using var half = await ForeignNode.ConnectAsync(cluster[2], cluster[0]);
        Assert.True(await half.TrySendAsync(new byte[] { 0, 0, 4, 0, 1, 2, 3 }, Limits.Moment));
        Assert.True(await half.IsClosedWithinAsync(Closing), "half a frame keeps a connection open");

        using var silent = await ForeignNode.ConnectAsync(cluster[2], cluster[0]);
        Assert.True(await silent.IsClosedWithinAsync(Closing), "silence keeps a connection open");

        await health.AssertGoodAsync("after silence");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("hellos")]
    [InlineData("updates")]
    [InlineData("never reads")]
    public async Task Floods_OfFrames_StayBounded(string kind)
    {
        var cluster = await StartAsync();
        using var health = await ClusterHealth.WatchAsync(cluster);
        var hello = ForeignNode.Framed(Hello(cluster[2], version: 2));
        var flood = kind switch
        {
            "garbage" => Repeat(ForeignNode.Framed(Enumerable.Repeat((byte)0x0A, 900).ToArray()), 1000),
            "hellos" => Repeat(hello, 1000),
            "updates" => Repeat(ForeignNode.Framed(Updates(cluster[2])), 100),
            _ => Repeat(
                ForeignNode.Framed(new Frame { SyncRequest = new SyncRequest { Sync = 1 } }.ToByteArray()), 1000),
        };

        var clock = Stopwatch.StartNew();
        var connections = 0;
        long sent = 0;
        while (clock.Elapsed < Flood)
        {
            using var foreign = await ForeignNode.ConnectAsync(cluster[2], cluster[0]);
            connections++;
            var open = await foreign.TrySendAsync(hello, TimeSpan.FromSeconds(1));
            while (open && clock.Elapsed < Flood)
            {
                open = await foreign.TrySendAsync(flood, TimeSpan.FromSeconds(1));
                sent += open ? flood.Length : 0;
            }
        }

        Assert.True(connections > 1 || sent > 1 << 20, $"no flood: {connections} connections, {sent} bytes");
        var phase = $"after a flood of {kind} ({connections} connections, {sent >> 10} KiB)";
        await health.AssertGoodAsync(phase);
        output.WriteLine($"{phase}: at most {health.MostResident >> 20} MiB resident");
        Assert.All(await cluster[0].ObjectsAsync(), pair => Assert.Contains(pair.Value.Owner, (string[])["p1", "p2"]));
    }

    /// <summary>Two running peers and a third that is configured but whose part the test plays.</summary>
    private async Task<MonitorCluster> StartAsync()
    {
        var cluster = await StartClusterAsync(TracedSite(hosts: 8, services: 1, interval: 2), peers: 2);
        var third = await cluster.AddNodeAsync();
        await cluster.IntroduceAsync(cluster[0], third);
        await cluster.WaitUntilAgreedAsync("a third node configured", Limits.LiveChange, cluster[0], cluster[1]);
        return cluster;
    }

    private static byte[] Hello(MonitorNode node, uint version) => new Frame
    {
        Hello = new Hello
        {
            Magic = Magic,
            MinVersion = version,
            MaxVersion = version,
            Node = ForeignPeer.IdentityOf(node),
            Incarnation = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            SoftwareVersion = "0.0.0",
            Configuration = new Compeer.Cluster.Wire.Proto.Configuration
            {
                Number = 1,
                Hash = "foreign",
                Origin = ForeignPeer.IdentityOf(node),
            },
            ReceiverKind = 1,
            SilenceLimitMs = 3000,
            WallMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
        },
    }.ToByteArray();

    private static byte[] Updates(MonitorNode node)
    {
        var updates = new Updates
        {
            Origins = { ForeignPeer.IdentityOf(node) },
        };
        for (var i = 1; i <= 100; i++)
        {
            updates.Items.Add(new Update
            {
                Origin = 0,
                Sequence = i,
                Clock = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 16,
                Kind = 1,
                Key = ByteString.CopyFromUtf8($"no-such-host-{i}"),
                Payload = ByteString.CopyFrom(new byte[1000]),
            });
        }

        return new Frame { Updates = updates }.ToByteArray();
    }

    private static byte[] Repeat(byte[] bytes, int count)
    {
        var all = new byte[bytes.Length * count];
        for (var i = 0; i < count; i++)
        {
            bytes.CopyTo(all, i * bytes.Length);
        }

        return all;
    }
}
