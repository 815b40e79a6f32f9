using System.Globalization;
using Compeer.Engine.Model;

namespace Compeer.Simulation;

/// <summary>A whole cluster under one seed.</summary>
internal sealed class SimulatedCluster
{
    private const int TraceLimit = 400;

    private readonly string? _traced = Environment.GetEnvironmentVariable("COMPEER_SIMULATION_TRACE");
    private readonly Queue<string> _trace = [];
    private readonly Dictionary<int, string> _holding = [];

    public SimulatedCluster(int seed, int peers, SimulatedWorld world)
    {
        Seed = seed;
        World = world;
        Random = new Random(seed);
        Time = new SimulatedTime();
        Network = new SimulatedNetwork(Time, new Random(seed + 1));
        Checkers = new Checkers(this);
        for (var index = 0; index < peers; index++)
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

    /// <summary>How long a peer reads a changed configuration.</summary>
    public TimeSpan ReadingDuration() => TimeSpan.FromMilliseconds(Random.Next(1, 1500));

    public void Trace(string text)
    {
        _trace.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{Time.Now.TotalSeconds,9:0.000} {text}"));
        if (_trace.Count > TraceLimit)
        {
            _trace.Dequeue();
        }
    }

    /// <summary>Notes what happens to the object that COMPEER_SIMULATION_TRACE names (<c>host;service</c>).</summary>
    public void TraceObject(int index, string text)
    {
        if (_traced is not null && World.NameOf(index) == _traced)
        {
            Trace($"{_traced}: {text}");
        }
    }

    /// <summary>Notes when a peer holds another state of the traced object than before, or owns it or not.</summary>
    public void TraceHolding(SimulatedPeer peer)
    {
        if (_traced is null || World.NumberOf(_traced) is not { } number)
        {
            return;
        }

        var index = peer.Edition.IndexOf(number);
        var state = index < 0 ? CheckState.Pending(0) : peer.Peer.StateOf(new CheckableId(index));
        var owns = peer.Owns(number);
        var holding = $"last check {new DateTime(state.LastCheckTicks):mm:ss.fff}, next {new DateTime(state.NextCheckTicks):mm:ss.fff}, "
            + $"state {state.State}, {(index < 0 ? "not configured" : owns ? "owned" : "not owned")}";
        if (!_holding.TryGetValue(peer.Index, out var before) || before != holding)
        {
            _holding[peer.Index] = holding;
            Trace($"{_traced}: peer{peer.Index} holds {holding}");
        }
    }

    /// <summary>Lets time pass, looking at the invariants ten times a second.</summary>
    public void Run(TimeSpan duration)
    {
        var end = Time.Now + duration;
        while (Time.Now < end)
        {
            var step = Time.Now + TimeSpan.FromMilliseconds(100);
            Time.RunUntil(step < end ? step : end);
            Checkers.Sample();
        }
    }

    /// <summary>Runs until <paramref name="reached"/>, at most <paramref name="limit"/>; returns how long it took.</summary>
    public TimeSpan RunUntil(Func<bool> reached, TimeSpan limit, string what)
    {
        var start = Time.Now;
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
    public IEnumerable<SimulatedPeer> OwnersOf(int number) => Running.Where(peer => peer.Owns(number));
}
