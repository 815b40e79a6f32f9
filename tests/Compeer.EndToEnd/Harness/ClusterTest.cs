namespace Compeer.EndToEnd.Harness;

/// <summary>A test with a folder of its own; everything in it and started from it is gone afterwards.</summary>
public abstract class ClusterTest : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    private protected TestFolder Folder { get; } = new();

    /// <summary>The plugin of <see cref="TracedSite"/>.</summary>
    private protected TracedPlugin Plugin => field ??= new TracedPlugin(Folder);

    /// <summary>Ends what the test started.</summary>
    public void Dispose()
    {
        _owned.ForEach(owned => owned.Dispose());
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    /// <summary>A site of hosts with services, all checked by the traced plugin.</summary>
    private protected SiteConfiguration TracedSite(int hosts, int services, int interval = 4)
    {
        var site = Plugin.AddTo(new SiteConfiguration(Folder));
        for (var host = 1; host <= hosts; host++)
        {
            site.Host($"h{host:00}", TracedPlugin.HostCommand, interval);
            for (var service = 1; service <= services; service++)
            {
                site.Service($"h{host:00}", $"s{service}", TracedPlugin.ServiceCommand, interval);
            }
        }

        return site;
    }

    /// <summary>A node alone, with a site of its own.</summary>
    private protected MonitorNode Single(SiteConfiguration site)
    {
        var node = Own(new MonitorNode(Folder, "p1"));
        site.WriteTo(node);
        return node;
    }

    /// <summary>Peers that all share the checks.</summary>
    private protected async Task<MonitorCluster> StartClusterAsync(SiteConfiguration site, int peers = 3)
    {
        var cluster = Own(await MonitorCluster.CreateAsync(Folder, site, peers));
        await cluster.StartAllAsync();
        return cluster;
    }
}
