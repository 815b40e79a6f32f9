using System.Collections.Immutable;
using System.Text;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Simulation.Replication;

/// <summary>Replicated stores without the rest of their nodes, on one clock and one network, beside an obvious twin of each.</summary>
internal sealed class StoreCluster
{
    private readonly List<StoreLink> _links = [];
    private readonly HashSet<NodeId> _unconfigured = [];
    private readonly Queue<string> _trace = [];
    private long _lastLink;

    public StoreCluster(int seed, int nodes, int objects = 8, int maxEntries = 100_000, bool pending = false, bool database = true,
        int windowBytes = 8 << 20)
    {
        Random = new Random(seed);
        WindowBytes = windowBytes;
        MaxEntries = maxEntries;
        IsPending = pending ? () => Random.Next(4) == 0 : () => false;
        Objects = new PreparedObjects(new ClusterObjects(
            new ConfigurationVersion(1, "one"),
            [.. Enumerable.Range(0, objects).Select(index => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"object {index}"))],
            [.. Enumerable.Range(0, objects)],
            [.. Enumerable.Repeat(1.0, objects)]));
        Twin = new StoreTwin(this);
        Nodes = [.. Enumerable.Range(0, nodes).Select(index => new StoreNode(this, index, objects) { HasNoDatabase = !database })];
        Nodes.ForEach(node => node.Start());
    }

    public Random Random { get; }

    public int MaxEntries { get; }

    /// <summary>Bytes of updates that may be under way on a link.</summary>
    public int WindowBytes { get; }

    /// <summary>Whether a store of streams has to fetch what it is asked for.</summary>
    public Func<bool> IsPending { get; }

    public PreparedObjects Objects { get; }

    public StoreTwin Twin { get; }

    public List<StoreNode> Nodes { get; }

    public IEnumerable<StoreNode> Running => Nodes.Where(node => node.IsRunning);

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(1);

    /// <summary>Rises with every restart of any node, so that no text is written twice.</summary>
    public int Run { get; private set; }

    /// <summary>The nodes that configurations name.</summary>
    public ImmutableArray<NodeId> Configured => [.. Nodes.Select(node => node.Id).Where(id => !_unconfigured.Contains(id))];

    /// <summary>What is done on purpose to make it fail.</summary>
    public StoreFault Fault { get; set; }

    /// <summary>Frames delivered, by what they are.</summary>
    public Dictionary<string, int> Delivered { get; } = [];

    /// <summary>Bytes delivered.</summary>
    public long Bytes { get; private set; }

    public IReadOnlyList<StoreLink> Links => _links;

    public string TraceText => string.Join('\n', _trace);

    /// <summary>Changes frames on their way to a node: what another version would have sent.</summary>
    public Func<StoreNode, LinkFrame, LinkFrame>? Tamper { get; set; }

    public IEnumerable<StoreLink> LinksOf(StoreNode node) => _links.Where(link => link.Joins(node));

    public bool AreAdjacent(NodeId one, NodeId other) =>
        _links.Exists(link => (link.One.Id == one && link.Other.Id == other) || (link.One.Id == other && link.Other.Id == one));

    public void Trace(string text)
    {
        _trace.Enqueue($"{Now.TotalSeconds,8:0.000} {text}");
        if (_trace.Count > 400)
        {
            _trace.Dequeue();
        }
    }

    public void Connect(StoreNode one, StoreNode other)
    {
        if (one == other || !one.IsRunning || !other.IsRunning || AreAdjacent(one.Id, other.Id)
            || _unconfigured.Contains(one.Id) || _unconfigured.Contains(other.Id))
        {
            return;
        }

        Trace($"connect {one.Index} {other.Index}");
        var link = new StoreLink(new LinkId(++_lastLink), one, other);
        _links.Add(link);
        one.Greet(link, other);
        other.Greet(link, one);
    }

    public void Cut(StoreLink link)
    {
        Trace($"cut {link.One.Index} {link.Other.Index}");
        _links.Remove(link);
        foreach (var node in new[] { link.One, link.Other }.Where(node => node.IsRunning))
        {
            node.Do(store => store.Forget(link.Id));
        }
    }

    public void Isolate(StoreNode node) => LinksOf(node).ToList().ForEach(Cut);

    public void Crash(StoreNode node, bool isStop = false)
    {
        Trace($"{(isStop ? "stop" : "crash")} {node.Index}");
        if (isStop)
        {
            node.Stop();
        }
        else
        {
            node.Crash();
        }

        Isolate(node);
        Run++;
    }

    /// <summary>Takes a node out of everybody's configuration, or in again.</summary>
    public void Configure(StoreNode node, bool isConfigured)
    {
        Trace($"configured {node.Index}: {isConfigured}");
        if (isConfigured)
        {
            _unconfigured.Remove(node.Id);
        }
        else
        {
            _unconfigured.Add(node.Id);
            Isolate(node);
        }

        foreach (var one in Running)
        {
            one.Do(store => store.SetConfigured(Configured, [], []));
        }
    }

    public void Sent(StoreNode from, LinkId id, ReadOnlyMemory<byte> frame)
    {
        if (_links.Find(link => link.Id == id) is { } link)
        {
            Twin.CheckClaims(from, frame);
            link.To(link.Opposite(from)).Enqueue(frame);
        }
    }

    /// <summary>Delivers one frame of a link, if there is one.</summary>
    public bool Deliver(StoreLink link, StoreNode to)
    {
        if (!link.To(to).TryDequeue(out var bytes))
        {
            return false;
        }

        var frame = FrameReader.Read(bytes, 1 << 20, out var problem) ?? throw new InvalidOperationException(problem);
        frame = Tamper?.Invoke(to, frame) ?? frame;
        Delivered[frame.GetType().Name] = Delivered.GetValueOrDefault(frame.GetType().Name) + 1;
        Bytes += bytes.Length;
        if (frame is LinkFrame.Updates updates)
        {
            foreach (var update in updates.Items)
            {
                Twin.Take(to, update);
            }
        }

        to.Take(link.Id, Planted.Change(this, to, frame), bytes.Length);
        return true;
    }

    /// <summary>Lets time pass with everything delivered, a little late and link by link in any order.</summary>
    public void RunFor(TimeSpan time)
    {
        for (var end = Now + time; Now < end;)
        {
            Pass(TimeSpan.FromMilliseconds(Random.Next(5, 40)));
            for (var isMore = true; isMore;)
            {
                isMore = false;
                foreach (var link in _links.OrderBy(_ => Random.Next()).ToArray())
                {
                    isMore |= Deliver(link, link.One) | Deliver(link, link.Other);
                }
            }
        }
    }

    /// <summary>Lets time pass without a frame arriving.</summary>
    public void Pass(TimeSpan time)
    {
        Now += time;
        foreach (var node in Running)
        {
            node.Advance();
            if (Random.Next(3) == 0)
            {
                node.Do(store => store.StreamsReady());
            }
        }
    }
}
