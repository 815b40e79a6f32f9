using System.Diagnostics;
using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Interfaces;

namespace Compeer.EndToEnd.Cluster;

/// <summary>Results that come in at one peer, of objects that any of them owns.</summary>
public sealed class PassiveClusterTests : ClusterTest
{
    private const string SendNsca = "/usr/sbin/send_nsca";

    private static readonly string[] Hosts = ["h1", "h2", "h3", "h4", "h5", "h6"];

    /// <summary>Each result that NRDP answered is there afterwards at every peer, though the one that answered was killed at once; and
    /// what NSCA brought to another one is.</summary>
    [Fact]
    public async Task Results_AtOnePeer_AreTakenByTheOwnersEvenWhenItIsKilled()
    {
        var site = new SiteConfiguration(Folder).Command("never", "/bin/true");
        foreach (var host in Hosts)
        {
            site.Text(PassiveSenders.Objects(host, "s"));
            site.Names.UnionWith([ObjectName.Of(host), ObjectName.Of(host, "s")]);
        }

        var cluster = Own(await MonitorCluster.CreateAsync(Folder, site, peers: 2));
        var (nrdp, nsca) = (LoopbackAddress.TakePort(), LoopbackAddress.TakePort());
        PassiveSenders.WriteSettings(
            cluster[0].Paths.NrdpConfiguration, $"token={PassiveSenders.Token}\nserver_port={nrdp}\n");
        PassiveSenders.WriteSettings(
            cluster[1].Paths.NscaConfiguration, $"password=geheim\ndecryption_method=14\nserver_port={nsca}\n");
        await cluster.StartAllAsync();
        await PassiveSenders.AwaitWayAsync(cluster[0]);
        await PassiveSenders.AwaitWayAsync(cluster[1]);
        Assert.Equal(2, (await cluster[0].OwnersAsync()).Values.Distinct().Count());

        var results = string.Concat(Hosts.Select(host =>
            $"<checkresult type='host'><hostname>{host}</hostname><state>1</state><output>down by nrdp</output></checkresult>"
            + $"<checkresult type='service'><hostname>{host}</hostname><servicename>s</servicename><state>2</state>"
            + "<output>bad by nrdp\\nsecond line</output></checkresult>"));
        var pid = cluster[0].Pid;
        var answer = await PassiveSenders.CurlAsync(
            Folder.Path, "--insecure", "-d", $"token={PassiveSenders.Token}&cmd=submitcheck&xml=<checkresults>{results}</checkresults>",
            $"https://127.0.0.1:{nrdp}/nrdp/");
        cluster[0].Kill();
        Assert.Contains("<output>12 checks processed</output>", answer.Expect(0).Output, StringComparison.Ordinal);
        await cluster[0].WaitForEndAsync(pid);
        await cluster[0].StartAsync();
        await ExpectAsync(cluster, "nrdp", "DOWN", "CRITICAL");
        Assert.All(
            (await cluster[1].ObjectsAsync()).Values.Where(status => status.Output == "bad by nrdp"),
            status => Assert.Equal("second line", status.LongOutput));

        await SendNscaAsync(nsca, string.Concat(Hosts.Select(host => $"{host}\t0\tup by nsca\x17{host}\ts\t1\tslow by nsca\x17")));
        await ExpectAsync(cluster, "nsca", "UP", "WARNING");
        Assert.Equal(12, (await cluster[1].StatusAsync()).PassiveWays[0].Results);
    }

    private static async Task ExpectAsync(MonitorCluster cluster, string way, string host, string service)
    {
        foreach (var node in cluster.Nodes)
        {
            await Eventually.HoldsAsync(
                $"results by {way}",
                $"{node.Name} has all of them",
                Limits.Agreement,
                async () => (await node.ObjectsAsync())
                    .Where(pair => !pair.Value.Output.EndsWith($"by {way}", StringComparison.Ordinal)
                        || pair.Value.State != (pair.Value.Service is null ? host : service))
                    .Select(pair => $"{pair.Key}: {pair.Value.State} {pair.Value.Output}").FirstOrDefault(),
                cluster.Nodes);
        }
    }

    private async Task SendNscaAsync(int port, string input)
    {
        Assert.True(File.Exists(SendNsca), "nsca-client is needed: apt-get install --no-install-recommends nsca-client");
        var settings = Folder.File("send_nsca.cfg");
        await File.WriteAllTextAsync(settings, "password=geheim\nencryption_method=14\n");
        var info = new ProcessStartInfo(SendNsca, ["-H", "127.0.0.1", "-p", $"{port}", "-to", "20", "-c", settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(info)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Limits.Moment);
        Assert.Equal(0, process.ExitCode);
    }
}
