using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Network;

/// <summary>Production machines on one simulated clock and network, all of it decided by one seed.</summary>
internal sealed class SimulatedNetwork
{
    private readonly PriorityQueue<(SimulatedNode? Node, Action Action, TimeSpan Time, long Number), (TimeSpan, long)> _events
        = new();

    private readonly Dictionary<LinkId, SimulatedPipe> _pipes = [];
    private readonly HashSet<(int From, int To)> _cuts = [];
    private readonly Dictionary<int, (SimulatedNode Node, long Run, TimeSpan Time)> _lastWrites = [];
    private readonly List<string> _log = [];
    private readonly ClusterObjects _objects;
    private long _number;

    public SimulatedNetwork(int seed, NetworkOptions options)
    {
        Options = options;
        Random = new Random(seed);
        _objects = new ClusterObjects(
            new ConfigurationVersion(1, "one"),
            [.. Enumerable.Range(0, options.Objects).Select(i =>
                (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"object {i}")))],
            [.. Enumerable.Range(0, options.Objects).Select(i => i - (i % 4))],
            [.. Enumerable.Repeat(1.0, options.Objects)]);
        Nodes = [.. Enumerable.Range(0, options.Nodes).Select(i =>
            new SimulatedNode(this, i, new NodeId(((UInt128)(ulong)Random.NextInt64() << 64) | (UInt128)(ulong)(i + 1))))];
        foreach (var node in Nodes)
        {
            node.Neighbours = [.. Nodes.Where(other => other != node).Select(Peer)];
            node.Skew = options.MaxSkew * ((2 * Random.NextDouble()) - 1);
        }
    }

    public NetworkOptions Options { get; }

    public Random Random { get; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(1);

    public ImmutableArray<SimulatedNode> Nodes { get; }

    public IEnumerable<SimulatedNode> Alive => Nodes.Where(node => node.Machine is not null);

    /// <summary>No new checks are started: what was written has time to arrive.</summary>
    public bool IsQuiet { get; set; }

    public long BytesSent { get; private set; }

    public static Neighbour Peer(SimulatedNode node) => new(node.Id, node.Name, NeighbourKind.Peer, true, null);

    public ClusterObjects ObjectsOf(ConfigurationVersion version) =>
        _objects with { Version = version, LongestCheck = Options.LongestCheck };

    public long NextNumber() => ++_number;

    public void Log(string line) => _log.Add(string.Create(CultureInfo.InvariantCulture, $"{Now.TotalSeconds:0.000} {line}"));

    public string Transcript(int lines = 60) => string.Join('\n', _log.TakeLast(lines));

    public void At(SimulatedNode? node, TimeSpan time, Action action)
    {
        var number = NextNumber();
        _events.Enqueue((node, action, time, number), (time, number));
    }

    /// <summary>Runs until a time, or until a condition holds, which it says.</summary>
    public bool Run(TimeSpan time, Func<bool>? until = null)
    {
        var end = Now + time;
        while (_events.TryPeek(out var next, out _) && next.Time <= end)
        {
            if (until is not null && until())
            {
                return true;
            }

            _events.Dequeue();
            if (next.Node is { } node && node.StalledUntil > next.Time)
            {
                // It happens to a stalled node when it goes on, in the old order.
                _events.Enqueue(next with { Time = node.StalledUntil }, (node.StalledUntil, next.Number));
                continue;
            }

            Now = next.Time;
            next.Action();
        }

        Now = end;
        return until is not null && until();
    }

    public void WakeAt(SimulatedNode node, TimeSpan time)
    {
        time = time < Now ? Now : time;
        if (time >= node.Wake)
        {
            return;
        }

        node.Wake = time;
        At(node, time, () =>
        {
            if (node.Wake <= Now)
            {
                node.Wake = TimeSpan.MaxValue;
                node.Call((machine, now, effects) => machine.Advance(now, effects));
            }
        });
    }

    public void Dial(SimulatedNode from, NodeId neighbour)
    {
        var to = Nodes.First(node => node.Id == neighbour);
        var fromRun = from.Run;
        At(null, Now + Delay() + Delay(), () =>
        {
            if (IsCut(from, to) || IsCut(to, from))
            {
                At(from, Now + TimeSpan.FromSeconds(2), () => DialFailed("no route"));
                return;
            }

            if (to.Machine is null || from.Machine is null || from.Run != fromRun)
            {
                At(from, Now + Delay(), () => DialFailed("refused"));
                return;
            }

            var pipe = new SimulatedPipe(new LinkId(NextNumber()), from, to);
            _pipes.Add(pipe.Id, pipe);
            Open(pipe, from, to, isDialler: true);
            Open(pipe, to, from, isDialler: false);
        });

        void DialFailed(string reason)
        {
            if (from.Run == fromRun)
            {
                from.Call((machine, now, effects) => machine.DialFailed(now, neighbour, reason, effects));
            }
        }
    }

    public void Send(SimulatedNode from, LinkId id, ReadOnlyMemory<byte> frame)
    {
        BytesSent += frame.Length;
        Assert.InRange(frame.Length, 1, 1 << 20);
        if (_pipes.TryGetValue(id, out var pipe) && !pipe.IsClosed)
        {
            var to = pipe.OtherEnd(from);
            Deliver(pipe, to, () => to.Call((machine, now, effects) => machine.FrameReceived(now, id, frame, effects)));
        }
    }

    public void Close(SimulatedNode from, LinkId id)
    {
        if (_pipes.TryGetValue(id, out var pipe))
        {
            var to = pipe.OtherEnd(from);
            Deliver(pipe, to, () => to.Call((machine, now, effects) => machine.LinkClosed(now, id, "closed by peer", effects)));
            pipe.IsClosed = true;
        }
    }

    /// <summary>Whatever one sends to the other is lost until it is healed.</summary>
    public void Cut(SimulatedNode from, SimulatedNode to)
    {
        Log($"cut {from.Name} to {to.Name}");
        _cuts.Add((from.Index, to.Index));
    }

    public void HealAll()
    {
        Log("all cuts healed");
        _cuts.Clear();
    }

    /// <summary>Connections of two nodes break, and both are told.</summary>
    public void Reset(SimulatedNode one, SimulatedNode other)
    {
        Log($"reset {one.Name} and {other.Name}");
        foreach (var pipe in PipesOf(one).Where(pipe => pipe.OtherEnd(one) == other).ToArray())
        {
            pipe.IsClosed = true;
            foreach (var end in new[] { one, other })
            {
                At(end, Now, () => end.Call((machine, now, effects) => machine.LinkClosed(now, pipe.Id, "reset", effects)));
            }
        }
    }

    /// <summary>kill -9: the kernel closes the connections.</summary>
    public void Crash(SimulatedNode node)
    {
        Log($"crash {node.Name}");
        foreach (var pipe in PipesOf(node).ToArray())
        {
            Close(node, pipe.Id);
        }

        node.Stop();
    }

    public void Stall(SimulatedNode node, TimeSpan time)
    {
        Log($"stall {node.Name} for {time.TotalSeconds:0.0} s");
        node.StalledUntil = Now + time;
    }

    public void CheckStarts(SimulatedNode node, int index)
    {
        if (Options.ChecksOnceOnly)
        {
            // A check of a stalled node may well run on beside; its result will be dropped.
            var other = Alive.FirstOrDefault(other =>
                other != node && other.StalledUntil <= Now && other.Running.ContainsKey(index));
            Assert.True(other is null, $"{node.Name} starts the check of {index} that runs at {other?.Name}\n{Transcript()}");
        }
    }

    public void Written(SimulatedNode node, int index) => _lastWrites[index] = (node, node.Run, Now);

    /// <summary>The last write of each object, where the node that made it lives on.</summary>
    public IEnumerable<(int Index, SimulatedNode Node, TimeSpan Time)> LastWrites() => _lastWrites
        .Where(write => write.Value.Node.Machine is not null && write.Value.Node.Run == write.Value.Run)
        .Select(write => (write.Key, write.Value.Node, write.Value.Time));

    private IEnumerable<SimulatedPipe> PipesOf(SimulatedNode node) =>
        _pipes.Values.Where(pipe => !pipe.IsClosed && (pipe.Dialler == node || pipe.Listener == node));

    private bool IsCut(SimulatedNode from, SimulatedNode to) => _cuts.Contains((from.Index, to.Index));

    private TimeSpan Delay() => Options.MaxDelay * Random.NextDouble();

    private void Open(SimulatedPipe pipe, SimulatedNode node, SimulatedNode other, bool isDialler) => Deliver(pipe, node, () =>
        node.Call((machine, now, effects) => machine.LinkOpened(now, pipe.Id, other.Id, isDialler, effects)));

    private void Deliver(SimulatedPipe pipe, SimulatedNode to, Action action)
    {
        var run = to.Run;
        var from = pipe.OtherEnd(to);
        At(to, pipe.ArrivalAt(to, Now + Delay()), () =>
        {
            // What is cut is gone for good: to the connection's ends it is silence.
            if (to.Run == run && !IsCut(from, to))
            {
                action();
            }
        });
    }
}
