using System.Net.Sockets;
using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>What comes to the cluster port and is no node: refused with its reason, and nothing else happens.</summary>
public sealed class ForeignClientTests : ClusterTest
{
    /// <summary>How long a connection may take to authenticate, and a little.</summary>
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(5) + Limits.Moment;

    [Fact]
    public async Task Clients_ThatAreNoNodes_AreRefusedAndTheClusterGoesOn()
    {
        var cluster = await StartClusterAsync(TracedSite(hosts: 8, services: 1, interval: 2), peers: 2);
        using var health = await ClusterHealth.WatchAsync(cluster);

        await TalkAsync(cluster[0], Encoding.ASCII.GetBytes("GET / HTTP/1.0\r\n\r\n"));
        await TalkAsync(cluster[0], [0x00, 0x01, 0x02, 0x03]);
        var random = new Random(20);
        for (var i = 0; i < 20; i++)
        {
            var bytes = new byte[random.Next(1, 4096)];
            random.NextBytes(bytes);
            bytes[0] = i % 2 == 0 ? (byte)0x16 : bytes[0];
            await TalkAsync(cluster[0], bytes);
        }

        await AssertRefusedAsync(cluster, "a web client", "first byte 0x47");
        await AssertRefusedAsync(cluster, "something else", "first byte 0x00");
        await health.AssertGoodAsync("after strange greetings");
    }

    [Fact]
    public async Task Clients_ThatOnlyOccupyTheDoor_AreTurnedAwayAndTheNodesStillGetIn()
    {
        var cluster = await StartClusterAsync(TracedSite(hosts: 8, services: 1, interval: 2), peers: 2);
        using var health = await ClusterHealth.WatchAsync(cluster);

        for (var i = 0; i < 200; i++)
        {
            using var socket = await ConnectAsync(cluster[0]);
        }

        using var half = await ConnectAsync(cluster[0]);
        await half.SendAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 });
        List<Socket> silent = [];
        try
        {
            for (var i = 0; i < 60; i++)
            {
                silent.Add(await ConnectAsync(cluster[0]));
            }

            await AssertRefusedAsync(cluster, "60 silent connections", "being authenticated already");
            await AssertRefusedAsync(cluster, "silence", "said nothing within 5 s", "no answer within 5 s");
            await Eventually.HoldsAsync(
                "60 silent connections",
                "all of them are closed",
                HandshakeLimit,
                () => silent.Count(socket => !IsClosed(socket)) is var open && open == 0 ? null : $"{open} are open",
                cluster.Nodes);
            Assert.True(IsClosed(half), "half a TLS record keeps a connection");
        }
        finally
        {
            silent.ForEach(socket => socket.Dispose());
        }

        await health.AssertGoodAsync("after a crowd at the door");

        // Who belongs here gets in again.
        var pid = cluster[1].Pid;
        cluster[1].Kill();
        await cluster[1].WaitForEndAsync(pid);
        await cluster[1].StartAsync();
        await cluster.WaitUntilAgreedAsync("a peer returns", Limits.Agreement, cluster.Nodes);
    }

    private static async Task AssertRefusedAsync(MonitorCluster cluster, string phase, params string[] reasons) =>
        await Eventually.HoldsAsync(
            phase,
            $"the log says 'refused' and '{reasons[0]}'",
            HandshakeLimit,
            () => cluster[0].LogTexts.Any(line => line.StartsWith("Warning: refused 127.", StringComparison.Ordinal)
                && reasons.Any(reason => line.Contains(reason, StringComparison.Ordinal))) ? null : "it does not",
            cluster.Nodes);

    private static async Task<Socket> ConnectAsync(MonitorNode node)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(node.Address, node.Port);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Says something and waits for the other side to close the connection.</summary>
    private static async Task TalkAsync(MonitorNode node, byte[] bytes)
    {
        using var socket = await ConnectAsync(node);
        using var limit = new CancellationTokenSource(HandshakeLimit);
        try
        {
            await socket.SendAsync(bytes, limit.Token);
            socket.Shutdown(SocketShutdown.Send);
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer, limit.Token) > 0)
            {
                // A TLS alert is as good an answer as none.
            }
        }
        catch (SocketException)
        {
            // Closed before everything was said: as it should be.
        }
    }

    private static bool IsClosed(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
