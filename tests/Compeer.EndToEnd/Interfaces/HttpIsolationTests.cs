using System.Net;
using System.Net.Sockets;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>Who may open the socket may ask, and nobody else, whatever lies about.</summary>
public sealed class HttpIsolationTests : ClusterTest
{
    [Fact]
    public async Task Api_SettingsFileAndEnvironmentNameAddresses_ListensNowhereElse()
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        var ports = Enumerable.Range(0, 6).Select(_ => LoopbackAddress.TakePort()).ToArray();
        var settings = $$"""
            { "urls": "http://127.0.0.1:{{ports[0]}}", "AllowedHosts": "*",
              "Kestrel": { "Endpoints": { "Open": { "Url": "http://127.0.0.1:{{ports[1]}}" } } } }
            """;
        await File.WriteAllTextAsync(Path.Combine(node.Paths.Prefix, "appsettings.json"), settings);
        await File.WriteAllTextAsync(Path.Combine(node.Paths.Prefix, "appsettings.Production.json"), settings);

        await node.StartAsync(
            "/usr/bin/env",
            $"ASPNETCORE_URLS=http://127.0.0.1:{ports[2]}",
            $"DOTNET_URLS=http://127.0.0.1:{ports[3]}",
            $"Kestrel__Endpoints__Open__Url=http://127.0.0.1:{ports[4]}",
            $"ASPNETCORE_Kestrel__Endpoints__Open__Url=http://127.0.0.1:{ports[5]}",
            $"ASPNETCORE_HTTP_PORTS={ports[0]}",
            $"ASPNETCORE_CONTENTROOT={node.Paths.Prefix}",
            "ASPNETCORE_ENVIRONMENT=Development",
            "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES=NoSuchAssembly",
            Programs.Mond);

        foreach (var port in ports)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(IPAddress.Loopback, port));
        }

        await Eventually.HoldsAsync(
            "start",
            "the daemon is active",
            Limits.Moment,
            async () => (await node.StatusAsync()).State is var state && state == "active" ? null : state,
            node);
    }

    [Fact]
    public async Task Mon_SilentConnectionsTakeEveryPlace_StillAsks()
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        await node.StartAsync();
        for (var i = 0; i < 100; i++)
        {
            var socket = Own(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(node.Paths.ApiSocket));
        }

        (await node.MonAsync("status")).Expect(0);
        (await node.MonAsync("node", "status")).Expect(0);
        (await node.MonAsync("reload")).Expect(0);
    }

    [Fact]
    public async Task Mond_PidFileRemovedUnderARunningOne_NoSecondOneStartsAndMonFindsTheFirst()
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        await node.StartAsync();
        var pid = node.Pid;
        File.Delete(node.Paths.PidFile);

        var second = (await node.MondAsync()).Expect(1);
        Assert.Contains($"already running (pid {pid}", second.Error, StringComparison.Ordinal);
        Assert.Contains($"already running (pid {pid})", (await node.MonAsync("start")).Expect(0).Text, StringComparison.Ordinal);
        (await node.MonAsync("status")).Expect(0);
        (await node.MonAsync("stop")).Expect(0);
        Assert.False(ProcessTable.IsAlive(pid), "mon stop returned while the daemon ran");
    }
}
