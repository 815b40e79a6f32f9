using System.Net.Sockets;
using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Packaging;

/// <summary>What the daemon tells whoever manages services, from its start to its stop.</summary>
public sealed class ServiceManagerTests : ClusterTest
{
    [Fact]
    public async Task Daemon_WithASocketToTell_SaysHowItFaresAndKeepsTheSocketFromPlugins()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Folder.File("notify")));
        var shown = Folder.File("environment");
        Folder.Script("shows", $"env >'{shown}.new'; mv '{shown}.new' '{shown}'");
        var node = Single(new SiteConfiguration(Folder).Command("shows", "$USER3$/shows").Host("h", "shows", interval: 1));

        await node.StartAsync(
            "/usr/bin/env", $"NOTIFY_SOCKET={Folder.File("notify")}", "WATCHDOG_USEC=600000000", Programs.Mond);

        string[] first = [await NextAsync(socket), await NextAsync(socket)];
        Assert.Equal(["READY=1", "WATCHDOG=1"], first.Order(StringComparer.Ordinal));
        await Eventually.HoldsAsync(
            "a plugin", "it has run", Limits.Moment, () => File.Exists(shown) ? null : "it has not", node);
        var environment = await File.ReadAllTextAsync(shown);
        Assert.DoesNotContain("NOTIFY_SOCKET", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("WATCHDOG_", environment, StringComparison.Ordinal);

        (await node.MonAsync("reload")).Expect(0);
        Assert.StartsWith("RELOADING=1\nMONOTONIC_USEC=", await NextAsync(socket), StringComparison.Ordinal);
        Assert.Equal("READY=1", await NextAsync(socket));

        (await node.MonAsync("stop")).Expect(0);
        Assert.Equal("STOPPING=1", await NextAsync(socket));
    }

    private static async Task<string> NextAsync(Socket socket)
    {
        var buffer = new byte[200];
        using var limit = new CancellationTokenSource(Limits.Start);
        var length = await socket.ReceiveAsync(buffer, SocketFlags.None, limit.Token);
        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
