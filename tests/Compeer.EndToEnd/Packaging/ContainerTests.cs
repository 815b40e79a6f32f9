using System.Diagnostics;
using System.Text.RegularExpressions;
using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Hosts;

namespace Compeer.EndToEnd.Packaging;

/// <summary>What the container file and the compose file do, on hosts of namespaces: there is no container engine here.</summary>
public sealed partial class ContainerTests : ClusterTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Compose_ThreePeers_FindEachOtherShareTheChecksAndStopWhenToldTo()
    {
        var packaging = Path.Combine(BuiltPackage.Repository, "packaging");
        var compose = await File.ReadAllTextAsync(Path.Combine(packaging, "compose.yaml"));
        string[] names = [.. HostName().Matches(compose).Select(match => match.Groups[1].Value)];
        var peers = Assert.Single(Peers().Matches(compose)).Groups[1].Value;
        Assert.Equal(["peer01", "peer02", "peer03"], names);
        var file = ContainerFile.Read(Path.Combine(packaging, "Containerfile"));
        var context = Directory.CreateDirectory(Folder.File("context")).FullName;
        File.Copy(await BuiltPackage.DebAsync(), Path.Combine(context, "compeer_0_any.deb"));
        File.Copy(Path.Combine(packaging, "container", "entry"), Path.Combine(context, "entry"));

        var network = Own(await HostNetwork.StartAsync(Folder, names));
        await Task.WhenAll(network.Hosts.Select(host => file.BuildAsync(context, host)));
        Assert.All(network.Hosts, host => Assert.False(Path.Exists(host.File("/opt/monitor/var/mond.pid")), "the build started it"));
        var containers = network.Hosts.Select(host => Own(Run(host, peers, file.Entry))).ToList();

        await Eventually.HoldsAsync(
            "three containers",
            "each sees all three active",
            Patience,
            async () =>
            {
                ShareKeys(network.Hosts);
                foreach (var host in network.Hosts)
                {
                    var status = await host.RunAsync("mon", "node", "status");
                    if (status.ExitCode != 0 || ActiveNode().Count(status.Output) != 3)
                    {
                        return $"{host.Name}: {status}";
                    }
                }

                return null;
            });
        foreach (var host in network.Hosts)
        {
            (await host.RunAsync(file.Health)).Expect(0);
            Assert.Equal("monitor\n", (await host.ShellAsync("stat -c %U /proc/$(pgrep -x mond)")).Expect(0).Output);
            (await host.ShellAsync("pkill -TERM -x mond")).Expect(0);
        }

        foreach (var container in containers)
        {
            await container.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(0, container.ExitCode);
        }
    }

    /// <summary>The first process of a container runs <paramref name="entry"/>.</summary>
    private static Process Run(Host host, string peers, string[] entry)
    {
        var line = host.Command(
            ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "env", $"COMPEER_PEERS={peers}", .. entry]);
        return Process.Start(Programs.StartInfo("/", line[0], line[1..]))!;
    }

    /// <summary>What the volume of the compose file does: what one puts into the folder, all have.</summary>
    private static void ShareKeys(IEnumerable<Host> hosts)
    {
        foreach (var from in hosts.Where(host => Directory.Exists(host.File("/keys"))))
        {
            foreach (var key in Directory.GetFiles(from.File("/keys"), "*.pub"))
            {
                foreach (var to in hosts.Where(host => Directory.Exists(host.File("/keys"))))
                {
                    var copy = Path.Combine(to.File("/keys"), Path.GetFileName(key));
                    if (!File.Exists(copy))
                    {
                        File.Copy(key, copy);
                    }
                }
            }
        }
    }

    [GeneratedRegex(@"^ +hostname: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex HostName();

    [GeneratedRegex(@"^ +COMPEER_PEERS: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Peers();

    [GeneratedRegex(@": ACTIVE\b")]
    private static partial Regex ActiveNode();
}
