using System.Collections.Concurrent;

namespace Compeer.EndToEnd.Harness;

/// <summary>Peers that know each other's keys and watch the same site.</summary>
internal sealed class MonitorCluster : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _keys = [];

    private MonitorCluster(TestFolder folder, SiteConfiguration site)
    {
        Folder = folder;
        Site = site;
    }

    public TestFolder Folder { get; }

    public SiteConfiguration Site { get; }

    public List<MonitorNode> Nodes { get; } = [];

    public MonitorNode this[int index] => Nodes[index];

    /// <summary>Makes peers, not started yet.</summary>
    public static async Task<MonitorCluster> CreateAsync(TestFolder folder, SiteConfiguration site, int peers)
    {
        var cluster = new MonitorCluster(folder, site);
        cluster.Nodes.AddRange(Enumerable.Range(1, peers).Select(number => cluster.Make($"p{number}")));
        await Task.WhenAll(cluster.Nodes.Select(cluster.LearnKeyAsync));
        await Task.WhenAll(cluster.Nodes.Select(async node =>
        {
            foreach (var other in cluster.Nodes.Where(other => other != node))
            {
                await cluster.IntroduceAsync(node, other);
            }
        }));

        return cluster;
    }

    /// <summary>A further node, which no other knows yet.</summary>
    public async Task<MonitorNode> AddNodeAsync()
    {
        var node = Make($"p{Nodes.Count + 1}");
        Nodes.Add(node);
        await LearnKeyAsync(node);
        return node;
    }

    /// <summary>Tells a node of another, with its key.</summary>
    public Task IntroduceAsync(MonitorNode node, MonitorNode other) => node.AddPeerAsync(other, _keys[other.Name]);

    public async Task StartAllAsync()
    {
        foreach (var node in Nodes)
        {
            node.Launch();
        }

        foreach (var node in Nodes)
        {
            await node.WaitUntilAnsweringAsync();
        }

        await WaitUntilAgreedAsync("start of the cluster", Limits.Agreement, Nodes);
    }

    /// <summary>Waits until these nodes, and no others, share all objects and agree on each owner; gives the division.</summary>
    public async Task<IReadOnlyDictionary<string, string>> WaitUntilAgreedAsync(
        string phase, TimeSpan limit, params IEnumerable<MonitorNode> members)
    {
        MonitorNode[] nodes = [.. members];
        IReadOnlyDictionary<string, string> division = new Dictionary<string, string>();
        await Eventually.HoldsAsync(
            phase,
            $"{string.Join(", ", nodes.Select(node => node.Name))} agree on one of them for each object",
            limit,
            async () =>
            {
                (var problem, division) = await LookAsync(nodes);
                return problem;
            },
            nodes);
        return division;
    }

    /// <summary>Null when these nodes share all objects and agree.</summary>
    public async Task<(string? Problem, IReadOnlyDictionary<string, string> Division)> LookAsync(params MonitorNode[] nodes)
    {
        var views = await Task.WhenAll(nodes.Select(node => node.OwnersAsync()));
        var first = views[0];
        string[] names = [.. nodes.Select(node => node.Name)];
        if (!Site.Names.SetEquals(first.Keys))
        {
            return ($"{nodes[0].Name} has {first.Count} objects instead of {Site.Names.Count}", first);
        }

        for (var n = 0; n < nodes.Length; n++)
        {
            if (views[n].FirstOrDefault(pair => !names.Contains(pair.Value)) is { Key: { } name, Value: { } owner })
            {
                return ($"{nodes[n].Name} says that {name} is owned by '{owner}'", first);
            }

            if (views[n].FirstOrDefault(pair => first.GetValueOrDefault(pair.Key) != pair.Value) is { Key: { } differs } pair)
            {
                var other = first.GetValueOrDefault(differs) ?? "that there is no such object";
                return ($"{nodes[n].Name} says that {differs} is owned by {pair.Value}, {nodes[0].Name} says {other}", first);
            }
        }

        string[] without = [.. names.Where(name => !first.Values.Contains(name))];
        return (without.Length == 0 ? null : $"{string.Join(", ", without)} own nothing", first);
    }

    /// <summary>Waits until every object has a result and every node shows it.</summary>
    public Task<TimeSpan> WaitUntilAllCheckedAsync(string phase, TimeSpan limit) => Eventually.HoldsAsync(
        phase,
        "every node shows a result of every object",
        limit,
        async () =>
        {
            foreach (var node in Nodes)
            {
                var objects = await node.ObjectsAsync();
                string[] missing = [.. objects.Where(pair => !pair.Value.HasBeenChecked).Select(pair => pair.Key)];
                if (missing.Length > 0)
                {
                    return $"{node.Name} has no result of {missing.Length} objects: {string.Join(", ", missing.Take(5))}";
                }
            }

            return null;
        },
        Nodes);

    public void Dispose()
    {
        foreach (var node in Nodes)
        {
            node.Dispose();
        }
    }

    private MonitorNode Make(string name)
    {
        var node = new MonitorNode(Folder, name);
        Site.WriteTo(node);
        return node;
    }

    private async Task LearnKeyAsync(MonitorNode node) => _keys[node.Name] = await node.KeyAsync();
}
