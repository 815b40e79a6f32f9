using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary>Hosts on which configurations are pushed and fetched.</summary>
public abstract class OconfTest : HostTest
{
    private protected const string Objects = "/opt/monitor/etc/objects.cfg";
    private protected const string Merlin = "/opt/monitor/op5/merlin/merlin.conf";

    /// <summary>A site of its own on every host, which knows the others, may log in there, and has their links' keys.</summary>
    private protected async Task PrepareAsync()
    {
        await KnowEachOtherAsync();
        await Task.WhenAll(Network.Hosts.Select(host => host.ConfigureAsync()));
        (await Peer02.ShellAsync($"sed -i 's/host_name two/host_name other/; s/one,two/one,other/' {Objects}")).Expect(0);
        (await Peer01.RunAsync("mon", "sshkey", "push", "--all")).Expect(0);
        (await Peer01.RunAsync("mon", "sshkey", "fetch", "--all")).Expect(0);
    }

    private protected static async Task StartAsync(params IEnumerable<Host> hosts) =>
        await Task.WhenAll(hosts.Select(async host => (await host.RunAsync("mon", "start")).Expect(0)));

    /// <summary>Adds lines to the block of a node in peer01's merlin.conf.</summary>
    private protected async Task SetAsync(string node, params string[] lines) =>
        (await Peer01.ShellAsync($"sed -i 's|^peer {node} {{|&\\n{string.Join("\\n", lines)}|' {Merlin}")).Expect(0);

    /// <summary>Waits until all hosts see each other as active.</summary>
    private protected async Task AreActiveAsync() => await Eventually.HoldsAsync(
        "the configuration was pushed",
        "all nodes are active",
        Limits.Start,
        async () => await Peer01.RunAsync("mon", "node", "status") is { ExitCode: not 0 } status ? status.ToString() : null);

    private protected static async Task<string> HashAsync(Host host) =>
        (await host.RunAsync("mon", "oconf", "hash")).Expect(0).Output.Trim();
}
