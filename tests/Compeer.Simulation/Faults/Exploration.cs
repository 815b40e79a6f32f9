using Compeer.Cluster.Wire;
using Compeer.Simulation.Checking;
using Compeer.Simulation.World;

namespace Compeer.Simulation.Faults;

/// <summary>What kind of site a seed stands for, beside the faults that happen to it.</summary>
internal sealed class Exploration
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Random _random;

    private Exploration(int seed) => _random = new Random(seed + 3);

    public string Shape { get; private set; } = "mesh";

    public List<string> Traits { get; } = [];

    public bool ClocksAreFarOff { get; private set; }

    public bool NeighboursChange { get; private set; }

    /// <summary>A cluster as the seed wants it; nothing runs yet.</summary>
    public static (SimulatedCluster Cluster, Exploration Site) Make(int seed)
    {
        var site = new Exploration(seed);
        return (site.MakeCluster(seed), site);
    }

    /// <summary>Which of two peers name each other, by the shape of the site.</summary>
    public static IEnumerable<(int One, int Other)> Edges(string shape, int peers, Random random)
    {
        var all = Enumerable.Range(0, peers).SelectMany(one => Enumerable.Range(one + 1, peers - one - 1).Select(other => (one, other)));
        switch (shape)
        {
            case "line":
                return Enumerable.Range(1, peers - 1).Select(other => (other - 1, other));
            case "ring":
                return Edges("line", peers, random).Append((0, peers - 1)).Distinct();
            case "tree":
                // A random tree and a few edges more.
                var edges = Enumerable.Range(1, peers - 1).Select(other => (random.Next(other), other)).ToList();
                edges.AddRange(all.Except(edges).OrderBy(_ => random.Next()).Take(random.Next(3)));
                return edges;
            case "broken pairs":
                return all.Where(_ => random.Next(6) > 0).Concat(Edges("line", peers, random)).Distinct();
            default:
                return all;
        }
    }

    /// <summary>Lets the peers name each other along the edges.</summary>
    public static void Join(SimulatedCluster cluster, IReadOnlyCollection<(int One, int Other)> edges)
    {
        foreach (var peer in cluster.Peers)
        {
            peer.SetNeighbours(cluster.Peers.Where(other =>
                edges.Contains((Math.Min(peer.Index, other.Index), Math.Max(peer.Index, other.Index)))));
        }
    }

    /// <summary>The hello of a build that understands nothing beyond the first version's frames.</summary>
    public static ReadOnlyMemory<byte> WithoutCapabilities(ReadOnlyMemory<byte> frame) =>
        FrameReader.Read(frame, int.MaxValue, out _) is LinkFrame.Hello hello
            ? FrameCodec.Encode(hello with { Capabilities = Capabilities.None }).ToArray()
            : frame;

    private SimulatedCluster MakeCluster(int seed)
    {
        var peers = _random.Next(10) switch { < 7 => 2 + _random.Next(4), < 9 => 6 + _random.Next(3), _ => 9 + _random.Next(8) };
        var world = new SimulatedWorld(
            seed, hosts: (peers > 5 ? peers : 4) + _random.Next(6), servicesPerHost: _random.Next(peers > 8 ? 2 : 4), Interval,
            withParents: Trait("parents"),
            withContacts: new Random(seed + 11).Next(3) == 0);
        var cluster = new SimulatedCluster(seed, peers, world);
        if (peers > 2 && _random.Next(10) < 4)
        {
            string[] shapes = ["line", "ring", "tree", "broken pairs"];
            Shape = shapes[_random.Next(shapes.Length)];
            Join(cluster, [.. Edges(Shape, peers, _random)]);
        }

        if (Trait("long plugins"))
        {
            cluster.LongestPlugin = TimeSpan.FromSeconds(30);
            cluster.Durations = random => TimeSpan.FromMilliseconds(
                random.Next(12) == 0 ? random.Next(5_000, 30_000) : random.Next(2, 300));
        }

        if (ClocksAreFarOff = Trait("clocks far off"))
        {
            cluster.Checkers.Warnings.Expect(WarningChecker.Cause.Skew);
            cluster.Checkers.Runs.EarlyOnesToo = false;
            cluster.Peers.ForEach(peer => peer.ClockError = SomeError());
        }

        if (Trait("narrow links"))
        {
            cluster.Network.FramesOnTheWay = 6 + _random.Next(20);
            cluster.Network.FramesInRound = 1 + _random.Next(4);
            cluster.Checkers.Warnings.Expect(WarningChecker.Cause.Narrow);
        }

        if (Trait("mixed capabilities"))
        {
            foreach (var peer in cluster.Peers.Where(_ => _random.Next(2) == 0))
            {
                peer.Disguise = WithoutCapabilities;
            }
        }

        if (Trait("editions refused"))
        {
            foreach (var peer in cluster.Peers.Where(_ => _random.Next(2) == 0))
            {
                peer.FindsEditionsBad = true;
            }
        }

        NeighboursChange = Trait("changing neighbours");
        return cluster;
    }

    /// <summary>Another error of a clock.</summary>
    public TimeSpan SomeError() => _random.Next(4) switch
    {
        0 => TimeSpan.FromDays(_random.Next(1, 400)),
        1 => -TimeSpan.FromHours(1 + _random.Next(48)),
        2 => TimeSpan.FromSeconds(_random.Next(-40, 40)),
        _ => TimeSpan.Zero,
    };

    private bool Trait(string name)
    {
        if (_random.Next(7) > 0)
        {
            return false;
        }

        Traits.Add(name);
        return true;
    }
}
