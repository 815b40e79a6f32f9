using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary>A test on three hosts that have the programs and nothing else.</summary>
public abstract class HostTest : ClusterTest, IAsyncLifetime
{
    private protected HostNetwork Network { get; private set; } = null!;

    private protected Host Peer01 => Network["peer01"];

    private protected Host Peer02 => Network["peer02"];

    private protected Host Peer03 => Network["peer03"];

    /// <summary>Somebody logged in on peer01.</summary>
    private protected HostTerminal Terminal { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Network = Own(await HostNetwork.StartAsync(Folder, "peer01", "peer02", "peer03"));
        await Task.WhenAll(Network.Hosts.Select(host => host.InstallAsync()));
        Terminal = Own(await HostTerminal.OpenAsync(Peer01));
    }

    private protected static void Says(string text, TypedResult result) =>
        Assert.True(result.Shown.Contains(text, StringComparison.Ordinal), $"\"{text}\" expected of {result}");

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Every host has every other as a peer.</summary>
    private protected Task AddNodesAsync() => Task.WhenAll(Network.Hosts.Select(async host =>
    {
        foreach (var other in Network.Hosts.Where(other => other != host))
        {
            (await host.RunAsync("mon", "node", "add", other.Name, "type=peer")).Expect(0);
        }
    }));

    /// <summary>Every host has every other as a peer and lets its root in, by the plain means of ssh.</summary>
    private protected async Task KnowEachOtherAsync()
    {
        await AddNodesAsync();
        foreach (var host in Network.Hosts)
        {
            (await host.ShellAsync("mkdir -m 700 -p ~/.ssh; ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519")).Expect(0);
        }

        var keys = string.Concat(Network.Hosts.Select(host => host.Read(Host.Home + "/.ssh/id_ed25519.pub")));
        var known = string.Concat(Network.Hosts.Select(host => $"{host.Name} {host.Read("/etc/ssh/ssh_host_ed25519_key.pub")}"));
        foreach (var host in Network.Hosts)
        {
            await File.WriteAllTextAsync(host.File(Host.Home + "/.ssh/authorized_keys"), keys);
            await File.WriteAllTextAsync(host.File(Host.Home + "/.ssh/known_hosts"), known);
        }
    }
}
