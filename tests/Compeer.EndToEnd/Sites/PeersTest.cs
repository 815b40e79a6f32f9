using Compeer.EndToEnd.Hosts;

namespace Compeer.EndToEnd.Sites;

/// <summary>A test on three hosts that are peers already and share a site.</summary>
public abstract class PeersTest : SiteTest
{
    /// <summary>Makes them peers: each has the others' link keys, by hand, and the same files.</summary>
    private protected async Task MakePeersAsync(params Host[] hosts)
    {
        await Task.WhenAll(hosts.Select(RecordedSite.WriteAsync));
        await AcquaintAsync(hosts);
        await Task.WhenAll(hosts.Select(async host => (await host.RunAsync("mon", "restart")).Expect(0)));
        await ShareAsync("peers from the start", hosts);
        await Site.HasGoneRoundAsync("peers from the start");
    }

    /// <summary>Gives each of these hosts the others as peers, with their link keys.</summary>
    private protected static Task AcquaintAsync(params Host[] hosts) => Task.WhenAll(hosts.Select(async host =>
    {
        foreach (var other in hosts.Where(other => other != host))
        {
            await KnowAsync(host, other);
        }
    }));

    /// <summary>Gives a host another one as a peer, with its link key.</summary>
    private protected static async Task KnowAsync(Host host, Host other)
    {
        var key = (await other.RunAsync("mon", "node", "key")).Expect(0).Output;
        await File.WriteAllTextAsync(host.File($"/opt/monitor/op5/merlin/{other.Name}.pub"), key);
        (await host.RunAsync("mon", "node", "add", other.Name, "type=peer", $"publickey={other.Name}.pub")).Expect(0);
    }
}
