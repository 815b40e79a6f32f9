using System.Text;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Simulation.Replication;

/// <summary>Random operations on a few stores, and then quiet, in which all must become equal to their twins.</summary>
internal sealed class StoreExploration
{
    private const int Objects = 8;
    private const int Keys = 6;

    private static readonly TimeSpan LongestUnrest = TimeSpan.FromMinutes(3);

    private static readonly RegisterKind LaterKind = (RegisterKind)4_711;

    private readonly StoreCluster _cluster;
    private readonly Random _random;
    private readonly List<(int One, int Other)> _pairs = [];
    private readonly List<RegisterKey> _elements = [];
    private readonly HashSet<StoreNode> _crashed = [];
    private readonly bool _leavesConfiguration;
    private readonly bool _loses;
    private readonly int _laterNode;
    private (int Node, DurableState Disk, KeptEntries Entries)? _backup;
    private StoreNode? _away;
    private long _later;

    public StoreExploration(int seed, StoreFault fault = StoreFault.None)
    {
        var dice = new Random(seed);
        var nodes = dice.Next(2, 6);
        _cluster = new StoreCluster(
            seed, nodes, Objects, dice.Next(3) == 0 ? 12 : 10_000, pending: dice.Next(3) == 0, database: dice.Next(3) > 0,
            windowBytes: dice.Next(3) == 0 ? 1 << 10 : 8 << 20)
        { Fault = fault };
        _random = _cluster.Random;
        _leavesConfiguration = nodes > 2 && dice.Next(2) == 0;
        _loses = dice.Next(2) == 0;
        _laterNode = dice.Next(nodes);
        for (var node = 1; node < nodes; node++)
        {
            // A tree, with some more: lines, stars, rings, meshes.
            _pairs.Add((node, dice.Next(node)));
        }

        for (var more = dice.Next(nodes); more > 0; more--)
        {
            var (one, other) = (dice.Next(nodes), dice.Next(nodes));
            _pairs.Add((one, other));
        }

        foreach (var node in _cluster.Nodes)
        {
            node.ClockAhead = TimeSpan.FromSeconds(dice.Next(-90, 90));
            if (nodes > 2 && dice.Next(8) == 0)
            {
                node.Capabilities = Capabilities.Requests;
            }
        }

        ConnectAll();
    }

    public StoreCluster Cluster => _cluster;

    public Dictionary<string, int> Drawn { get; } = [];

    public void Run(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            Step();
            if (_cluster.Running.Any(node => node.Store.IsHeldUp))
            {
                Draw("held up");
            }

            _cluster.Twin.CheckStreamClaims();
        }

        Settle();
        Check();
    }

    private void Step()
    {
        if (_random.Next(3) == 0)
        {
            _cluster.Pass(TimeSpan.FromMilliseconds(_random.Next(1, 700)));
        }

        foreach (var link in _cluster.Links.OrderBy(_ => _random.Next()).Take(3).ToArray())
        {
            for (var frames = _random.Next(4); frames > 0; frames--)
            {
                _cluster.Deliver(link, _random.Next(2) == 0 ? link.One : link.Other);
            }
        }

        var running = _cluster.Running.Where(node => node != _away || _random.Next(2) == 0).ToArray();
        if (running.Length == 0)
        {
            Restart();
            return;
        }

        var node = running[_random.Next(running.Length)];
        switch (_random.Next(100))
        {
            case < 12: Draw("setting"); Setting(node); break;
            case < 24: Draw("element"); Element(node); break;
            case < 32: Draw("removal"); Remove(node); break;
            case < 36: Draw("later kind"); WriteOfLaterVersion(); break;
            case < 49: Draw("state"); State(node); break;
            case < 52: LateResult(node); break;
            case < 58: Draw("owner"); TakeOver(node); break;
            case < 72: Draw("entry"); Entries(node); break;
            case < 78: Draw("cut"); CutOne(); break;
            case < 86: Draw("connect"); ConnectOne(); break;
            case < 89: Draw("crash"); Crash(node); break;
            case < 94: Draw("restart"); Restart(); break;
            case < 96: Draw("backup"); Backup(node); break;
            case < 97: Draw("restore"); Restore(); break;
            default: Draw("configuration"); Reconfigure(node); break;
        }
    }

    private void Draw(string what) => Drawn[what] = Drawn.GetValueOrDefault(what) + 1;

    private static ReadOnlyMemory<byte> Key(string name) => Encoding.UTF8.GetBytes(name);

    private void Setting(StoreNode node) => node.Write(new RegisterKey(
        RegisterKind.OperatorSettings, Key($"object {_random.Next(Keys)}"), (uint)_random.Next(1, 4)));

    private void Element(StoreNode node)
    {
        // A key is never used again once its element may have been removed; an edit after that is told apart by nobody.
        var kind = _random.Next(2) == 0 ? RegisterKind.Comments : RegisterKind.Downtimes;
        var there = _elements.Where(node.Told.ContainsKey).ToArray();
        if (_random.Next(4) == 0 && !_leavesConfiguration && there.Length > 0)
        {
            node.Write(there[_random.Next(there.Length)]);
            return;
        }

        var key = new RegisterKey(kind, Key($"id {_elements.Count + 1}"));
        _elements.Add(key);
        node.Write(key);
    }

    private void Remove(StoreNode node)
    {
        var there = _elements.Where(node.Told.ContainsKey).ToArray();
        if (there.Length > 0)
        {
            node.Write(there[_random.Next(there.Length)], isRemoval: true);
        }
    }

    /// <summary>A node of a later version has values of a kind that nobody here knows, with fields that nobody knows.</summary>
    private void WriteOfLaterVersion()
    {
        if (!_cluster.Nodes[_laterNode].IsRunning)
        {
            return;
        }

        _later++;
        var update = new Update(
            new NodeId(1_000),
            _later,
            Compeer.Cluster.Replication.HybridLogicalClock.FromWall(SimulatedSite.Origin + _cluster.Now) + (ulong)_later,
            LaterKind,
            Key($"later {_random.Next(Keys)}"), Key($"of a later version {_later}"))
        {
            Rest = new byte[] { 0xA0, 0x06, (byte)_random.Next(1, 100) },
        };
        _cluster.Nodes[_laterNode].Hear(update);
    }

    private void State(StoreNode node)
    {
        if (node.Held.Count > 0)
        {
            node.Publish(node.Held.ElementAt(_random.Next(node.Held.Count)));
        }
    }

    private void LateResult(StoreNode node)
    {
        if (node.InFlight.Count > 0)
        {
            Draw(node.PublishLate(node.InFlight.ElementAt(_random.Next(node.InFlight.Count))) ? "late result" : "overtaken result");
        }
    }

    private void TakeOver(StoreNode node)
    {
        var index = _random.Next(Objects);
        foreach (var other in _cluster.Running.Where(other => other != node))
        {
            // A node that is cut off may go on owning it.
            if (_random.Next(4) > 0)
            {
                other.Lose(index);
            }
        }

        if (!node.Held.Contains(index))
        {
            node.Gain(index);
        }
    }

    private void Entries(StoreNode node)
    {
        if (node.Capabilities.HasFlag(Capabilities.Streams))
        {
            for (var count = _random.Next(1, 6); count > 0; count--)
            {
                node.Append((StreamKind)(_random.Next(3) == 0 ? 77 : 1));
            }
        }
    }

    private void CutOne()
    {
        if (_loses && _cluster.Links.Count > 0)
        {
            _cluster.Cut(_cluster.Links[_random.Next(_cluster.Links.Count)]);
        }
    }

    private void ConnectOne()
    {
        var (one, other) = _pairs[_random.Next(_pairs.Count)];
        _cluster.Connect(_cluster.Nodes[one], _cluster.Nodes[other]);
    }

    private void ConnectAll() => _pairs.ForEach(pair => _cluster.Connect(_cluster.Nodes[pair.One], _cluster.Nodes[pair.Other]));

    private void Crash(StoreNode node)
    {
        // What only a node has that is not configured, nobody has: while one is away, another that lost no memory since remains.
        if (_loses && _cluster.Running.Count() > 1
            && (_away is null || _cluster.Running.Any(other => other != node && other != _away && !_crashed.Contains(other))))
        {
            _crashed.Add(node);
            _cluster.Crash(node, isStop: _random.Next(2) == 0);
        }
    }

    private void Restart()
    {
        foreach (var node in _cluster.Nodes.Where(node => !node.IsRunning).Take(1))
        {
            _cluster.Trace($"start {node.Index}");
            node.Start();
        }
    }

    private void Backup(StoreNode node)
    {
        node.Flush();
        _backup = (node.Index, node.Disk, node.Entries.Copy());
    }

    /// <summary>A node's disk is put back. It hears all others before it writes, as a node does that starts.</summary>
    private void Restore()
    {
        if (_backup is not { } backup || _cluster.Nodes[backup.Node] is var node && (node == _away || _leavesConfiguration))
        {
            return;
        }

        Drawn["restored"] = Drawn.GetValueOrDefault("restored") + 1;
        if (node.IsRunning)
        {
            _cluster.Crash(node);
        }

        (node.Disk, node.Entries) = (backup.Disk, backup.Entries.Copy());
        _backup = null;
        Settle();
    }

    private void Reconfigure(StoreNode node)
    {
        if (!_leavesConfiguration)
        {
            return;
        }

        if (_away is { } back)
        {
            // The others remove what it has, and have time to forget that they did.
            ConnectAll();
            foreach (var one in _cluster.Running.Where(one => one != back && _random.Next(2) == 0).ToArray())
            {
                Remove(one);
            }

            _cluster.RunFor(TimeSpan.FromSeconds(_random.Next(4) * 10));
            _away = null;
            _cluster.Configure(back, isConfigured: true);
            return;
        }

        // Nothing of it is under way, or it would be a new write when it comes back.
        Settle();
        _crashed.Clear();
        _away = node;
        _cluster.Configure(node, isConfigured: false);
    }

    /// <summary>All run and are connected, until nothing changes any more.</summary>
    private void Settle()
    {
        if (_away is not null)
        {
            _cluster.Configure(_away, isConfigured: true);
            _away = null;
        }

        while (_cluster.Nodes.Exists(node => !node.IsRunning))
        {
            Restart();
        }

        ConnectAll();
        _cluster.RunFor(TimeSpan.FromSeconds(8));
    }

    private void Check()
    {
        _cluster.RunFor(TimeSpan.FromSeconds(4));
        _cluster.Twin.CheckEqual();
        if (_cluster.Nodes.TrueForAll(node => node.Capabilities.HasFlag(Capabilities.Streams)))
        {
            _cluster.Twin.CheckStreams();
        }

        _cluster.Twin.CheckStreamClaims();

        // Every node writes once, so that all know that it has heard them; then tombstones go, and nothing is asked for any more.
        foreach (var node in _cluster.Nodes)
        {
            node.Write(new RegisterKey(RegisterKind.OperatorSettings, Key($"last of {node.Index}")));
        }

        // What a crash left open is closed at the writer at a low rate and becomes known a hop at a pulse; it comes to rest, though.
        string? restless = null;
        for (var end = _cluster.Now + LongestUnrest; _cluster.Now < end && (restless = Unrest()) is not null;)
        {
        }

        _cluster.Twin.CheckEqual();
        if (restless is not null)
        {
            throw new StoreFailedException($"{restless}\n{_cluster.TraceText}");
        }
    }

    /// <summary>What is still going on after some seconds in which nobody wrote; null for nothing.</summary>
    private string? Unrest()
    {
        var requests = _cluster.Delivered.GetValueOrDefault(nameof(LinkFrame.SyncRequest));
        _cluster.RunFor(TimeSpan.FromSeconds(5));
        if (_cluster.Delivered.GetValueOrDefault(nameof(LinkFrame.SyncRequest)) > requests)
        {
            return "nodes go on asking each other";
        }

        return _cluster.Nodes.TrueForAll(node => node.Capabilities.HasFlag(Capabilities.Seen))
            && _cluster.Nodes.Find(node => node.Store.Keyed.Tombstones > 0) is { } left
            ? $"node {left.Index} keeps {left.Store.Keyed.Tombstones} tombstones"
            : null;
    }
}
