using Compeer.Engine.Model;
using Compeer.Simulation.Checking;
using Compeer.Simulation.Nodes;
using Compeer.Simulation.World;

namespace Compeer.Simulation;

/// <summary>A cluster of whole peers under one seed.</summary>
internal sealed class SimulatedCluster : SimulatedSite
{
    private readonly string? _traced = Environment.GetEnvironmentVariable("COMPEER_SIMULATION_TRACE");
    private readonly Dictionary<int, string> _holding = [];

    /// <summary>Peers that all name each other, with clocks that differ by up to 3 s; none of them runs yet.</summary>
    public SimulatedCluster(int seed, int peers, SimulatedWorld world)
        : base(seed)
    {
        World = world;
        Checkers = new Checkers(this);
        for (var index = 0; index < peers; index++)
        {
            Peers.Add(new SimulatedPeer(this, index) { ClockError = TimeSpan.FromMilliseconds(Random.Next(-1500, 1500)) });
        }

        Network.Overflowed = Checkers.LinkGivenUp;
        Network.Nodes.AddRange(Peers);
        Peers.ForEach(peer => peer.SetNeighbours(Peers));
    }

    /// <summary>A tree of groups; nodes of one group name each other, and those of the group above and of the groups below.</summary>
    public SimulatedCluster(int seed, SimulatedWorld world, IEnumerable<(SimulatedGroup Group, int Nodes)> groups)
        : base(seed)
    {
        World = world;
        Checkers = new Checkers(this);
        foreach ((var group, var nodes) in groups)
        {
            Groups.Add(group);
            for (var node = 0; node < nodes; node++)
            {
                var peer = new SimulatedPeer(this, Peers.Count, group) { ClockError = TimeSpan.FromMilliseconds(Random.Next(-1500, 1500)) };
                Peers.Add(peer);
                group.Peers.Add(peer);
            }
        }

        Network.Overflowed = Checkers.LinkGivenUp;
        Network.Nodes.AddRange(Peers);
        Peers.ForEach(peer => peer.SetNeighbours(Peers.Where(other =>
            other.Group == peer.Group || other.Group!.Parent == peer.Group || peer.Group!.Parent == other.Group)));
    }

    /// <summary>The groups, those above before those below; none where all are peers.</summary>
    public List<SimulatedGroup> Groups { get; } = [];

    /// <summary>Parts of the objects that different nodes have: the own objects of each group.</summary>
    public int Parts => Math.Max(1, Groups.Count);

    /// <summary>Which part an object is of: that of the lowest group that has it.</summary>
    public int PartOf(int number) => Groups.Count == 0 ? 0 : Groups.FindLastIndex(group => group.Edition.Has(number));

    /// <summary>Whether a node has a part.</summary>
    public bool Has(SimulatedPeer peer, int part) => Groups.Count == 0 || Groups[part].Chain().Contains(peer.Group);

    public SimulatedWorld World { get; }

    public Checkers Checkers { get; }

    public List<SimulatedPeer> Peers { get; } = [];

    public IEnumerable<SimulatedPeer> Running => Peers.Where(peer => peer.IsRunning);

    /// <summary>A peer whose checks the harness swallows.</summary>
    public SimulatedPeer? Idle { get; set; }

    /// <summary>The longest that a plugin runs: an object that changes hands waits for it.</summary>
    public TimeSpan LongestPlugin { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a command runs that tells somebody.</summary>
    public TimeSpan CommandTime { get; set; } = TimeSpan.FromMilliseconds(30);

    /// <summary>How long a plugin runs.</summary>
    public Func<Random, TimeSpan> Durations { get; set; } = random =>
        TimeSpan.FromMilliseconds(random.Next(20) == 0 ? random.Next(500, 4000) : random.Next(2, 300));

    /// <summary>How long a peer reads a changed configuration.</summary>
    public TimeSpan ReadingDuration() => TimeSpan.FromMilliseconds(Random.Next(1, 1500));

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

        var state = peer.StateOf(number);
        var holds = (state ?? CheckState.Pending(0)) is var shown
            ? $"last check {new DateTime(shown.LastCheckTicks):HH:mm:ss.fff}, next {new DateTime(shown.NextCheckTicks):HH:mm:ss.fff}, "
                + $"state {shown.State}, {(state is null ? "not configured" : peer.Owns(number) ? "owned" : "not owned")}"
                + string.Concat(peer.Told()(number).Pending.Select(pending => $", to tell {pending.Type} {pending.Ticket}"))
            : "";
        if (!_holding.TryGetValue(peer.Index, out var before) || before != holds)
        {
            _holding[peer.Index] = holds;
            Trace($"{_traced}: {peer.Name} holds {holds}");
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
    public TimeSpan RunUntil(Func<bool> reached, TimeSpan limit, string what) =>
        RunUntil(() => reached() ? null : "not yet", limit, what);

    /// <summary>Runs until <paramref name="why"/> has nothing more to say; returns how long it took.</summary>
    public TimeSpan RunUntil(Func<string?> why, TimeSpan limit, string what)
    {
        var start = Time.Now;
        while (why() is { } reason)
        {
            if (Time.Now - start >= limit)
            {
                throw new SimulationFailedException(this, $"not within {limit.TotalSeconds} s: {what}: {reason}");
            }

            Time.RunUntil(Time.Now + TimeSpan.FromMilliseconds(10));
            Checkers.Sample();
        }

        return Time.Now - start;
    }

    /// <summary>Runs until all peers agree on one owner for every object and hold the latest result of each.</summary>
    public void Converge(TimeSpan limit)
    {
        RunUntil(
            () => Running.Count() < Peers.Count ? "not all run" : Checkers.WhyNotAgreed() ?? Checkers.WhyNotOneOwner(),
            limit + LongestPlugin,
            "all peers agree on one owner for every object");
        RunUntil(Checkers.WhyNotEqualStates, limit, "all peers hold the same states");
        Run(World.Interval * 2);
        RunUntil(Checkers.WhyNotEqualStates, limit, "all peers still hold the same states");
        RunUntil(Checkers.Results.WhyNotLatest, limit, "all peers hold the latest results");
        RunUntil(Checkers.Entries.WhyNotEqual, limit, "all peers have the same comments, downtimes and acknowledgements");
        if (Checkers.Entries.WhyGone() is { } gone)
        {
            throw new SimulationFailedException(this, $"what an operator gave is gone: {gone}");
        }

        RunUntil(Checkers.Notifications.WhyNotTold, limit, "all was told that there was to tell");
        RunUntil(Checkers.History.WhyNotEqual, limit, "every log has what happened, each once");
    }

    /// <summary>Which running peers act for an object.</summary>
    public IEnumerable<SimulatedPeer> OwnersOf(int number) => Running.Where(peer =>
        peer.Owns(number) || (Planted == PlantedFault.OwnedTwice && number == 0));
}
