using System.Globalization;
using Compeer.Engine.Model;

namespace Compeer.Simulation;

/// <summary>A whole cluster under one seed.</summary>
internal sealed class SimulatedCluster
{
    private const int TraceLimit = 400;

    private readonly Queue<string> _trace = [];

    public SimulatedCluster(int seed, int peers, SimulatedWorld world)
    {
        Seed = seed;
        World = world;
        Random = new Random(seed);
        Time = new SimulatedTime();
        Network = new SimulatedNetwork(Time, new Random(seed + 1));
        Checkers = new Checkers(this);
        for (int index = 0; index < peers; index++)
        {
            Peers.Add(new SimulatedPeer(this, index, TimeSpan.FromMilliseconds(Random.Next(-1500, 1500))));
        }
    }

    public static DateTimeOffset Origin { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public int Seed { get; }

    public Random Random { get; }

    public SimulatedWorld World { get; }

    public SimulatedTime Time { get; }

    public SimulatedNetwork Network { get; }

    public Checkers Checkers { get; }

    public List<SimulatedPeer> Peers { get; } = [];

    public IEnumerable<SimulatedPeer> Running => Peers.Where(peer => peer.IsAlive && !peer.IsStalled);

    /// <summary>The last things that happened, for a failure's message.</summary>
    public string TraceText => string.Join('\n', _trace);

    public TimeSpan PluginDuration() => TimeSpan.FromMilliseconds(Random.Next(20) == 0 ? Random.Next(500, 4000) : Random.Next(2, 300));

    public void Trace(string text)
    {
        _trace.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{Time.Now.TotalSeconds,9:0.000} {text}"));
        if (_trace.Count > TraceLimit)
        {
            _trace.Dequeue();
        }
    }

    /// <summary>Lets time pass, looking at the invariants ten times a second.</summary>
    public void Run(TimeSpan duration)
    {
        TimeSpan end = Time.Now + duration;
        while (Time.Now < end)
        {
            TimeSpan step = Time.Now + TimeSpan.FromMilliseconds(100);
            Time.RunUntil(step < end ? step : end);
            Checkers.Sample();
        }
    }

    /// <summary>Runs until <paramref name="reached"/>, at most <paramref name="limit"/>; returns how long it took.</summary>
    public TimeSpan RunUntil(Func<bool> reached, TimeSpan limit, string what)
    {
        TimeSpan start = Time.Now;
        while (!reached())
        {
            if (Time.Now - start >= limit)
            {
                throw new SimulationFailedException(this, $"not within {limit.TotalSeconds} s: {what}");
            }

            Time.RunUntil(Time.Now + TimeSpan.FromMilliseconds(10));
            Checkers.Sample();
        }

        return Time.Now - start;
    }

    /// <summary>Which running peers act for an object.</summary>
    public IEnumerable<SimulatedPeer> OwnersOf(int index) =>
        Running.Where(peer => peer.Peer.Owns(new CheckableId(index)));
}
