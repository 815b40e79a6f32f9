using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>Which running peers can reach each other, if only through others, and since when.</summary>
internal sealed class Reachability(SimulatedCluster cluster)
{
    private readonly Dictionary<(int Part, int One, int Other), TimeSpan> _togetherSince = [];
    private readonly Dictionary<(int, int), TimeSpan> _partedAt = [];

    /// <summary>Looks again; to be called often, and whenever something is judged.</summary>
    public void Look()
    {
        var now = cluster.Time.Now;
        LookAtPairs(now);
        for (var part = 0; part < cluster.Parts; part++)
        {
            Look(part, now);
        }
    }

    private void Look(int part, TimeSpan now)
    {
        SimulatedPeer[] running = [.. cluster.Running.Where(peer => cluster.Has(peer, part))];
        var component = new int[cluster.Peers.Count];
        Array.Fill(component, -1);
        Components(running.Where(peer => !IsYoung(peer, now)), (one, other) => AreSettled(one, other, now))
            .ForEach(group => group.ForEach(peer => component[peer.Index] = group[0].Index));
        foreach (var young in running.Where(peer => IsYoung(peer, now)))
        {
            // It waits for what those that run tell it; but it may join two clusters that knew nothing of each other.
            var joined = running.Where(other => !IsYoung(other, now) && AreSettled(young, other, now))
                .Select(other => component[other.Index]).Distinct().ToArray();
            component[young.Index] = joined.Length == 1 ? joined[0] : -1;
        }

        for (var one = 0; one < component.Length; one++)
        {
            for (var other = one + 1; other < component.Length; other++)
            {
                if (component[one] < 0 || component[one] != component[other])
                {
                    _togetherSince.Remove((part, one, other));
                }
                else
                {
                    _togetherSince.TryAdd((part, one, other), now);
                }
            }
        }
    }

    /// <summary>Since when the two can reach each other over nodes that have an object, without a break; null when they cannot.</summary>
    public TimeSpan? TogetherSince(SimulatedPeer one, SimulatedPeer other, int number) =>
        _togetherSince.TryGetValue(
            (cluster.PartOf(number), Math.Min(one.Index, other.Index), Math.Max(one.Index, other.Index)), out var since) ? since : null;

    /// <summary>Since when the two can reach each other over nodes of their groups and those above, without a break; null when they
    /// cannot. Masters that hear of each other over pollers only are two halves of a split.</summary>
    public TimeSpan? TogetherSince(SimulatedPeer one, SimulatedPeer other)
    {
        var part = cluster.Groups.Count == 0 ? 0
            : Math.Max(cluster.Groups.IndexOf(one.Group!), cluster.Groups.IndexOf(other.Group!));
        return _togetherSince.TryGetValue(
            (part, Math.Min(one.Index, other.Index), Math.Max(one.Index, other.Index)), out var since) ? since : null;
    }

    /// <summary>The running peers with an object that this one can reach, itself included; it alone when it does not run.</summary>
    public IReadOnlyList<SimulatedPeer> GroupOf(SimulatedPeer peer, int number) =>
        Components(cluster.PartOf(number)).Find(group => group.Contains(peer)) ?? [peer];

    /// <summary>The running peers that have a part, in groups that can reach each other.</summary>
    public List<List<SimulatedPeer>> Components(int part) =>
        Components(cluster.Running.Where(peer => cluster.Has(peer, part)), cluster.Network.AreJoined);

    private static List<List<SimulatedPeer>> Components(
        IEnumerable<SimulatedPeer> peers, Func<SimulatedPeer, SimulatedPeer, bool> areJoined)
    {
        var left = peers.ToList();
        var components = new List<List<SimulatedPeer>>();
        while (left.Count > 0)
        {
            List<SimulatedPeer> group = [left[0]];
            left.RemoveAt(0);
            for (var next = 0; next < group.Count; next++)
            {
                var joined = left.Where(other => areJoined(group[next], other)).ToArray();
                group.AddRange(joined);
                left.RemoveAll(joined.Contains);
            }

            components.Add(group);
        }

        return components;
    }

    /// <summary>The pair lost its connection, though nothing is cut between them.</summary>
    public void Lost(SimulatedNode one, SimulatedNode other) =>
        _partedAt[(Math.Min(one.Index, other.Index), Math.Max(one.Index, other.Index))] = cluster.Time.Now;

    /// <summary>A pair that a fault had parted needs time to connect again.</summary>
    private void LookAtPairs(TimeSpan now)
    {
        foreach (var one in cluster.Peers)
        {
            foreach (var other in cluster.Peers.Where(other => other.Index > one.Index))
            {
                if (!cluster.Network.AreJoined(one, other) || one.IsStalled || other.IsStalled)
                {
                    _partedAt[(one.Index, other.Index)] = now;
                }
            }
        }
    }

    private static bool IsYoung(SimulatedPeer peer, TimeSpan now) => now - peer.StartedAt < RunChecker.TimeToAgree;

    private bool AreSettled(SimulatedPeer one, SimulatedPeer other, TimeSpan now) => cluster.Network.AreJoined(one, other)
        && (!_partedAt.TryGetValue((Math.Min(one.Index, other.Index), Math.Max(one.Index, other.Index)), out var at)
            || now - at > RunChecker.TimeToAgree);
}
