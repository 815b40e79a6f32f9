using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>Which running peers can reach each other, if only through others, and since when.</summary>
internal sealed class Reachability(SimulatedCluster cluster)
{
    private readonly Dictionary<(int, int), TimeSpan> _togetherSince = [];
    private readonly Dictionary<int, (string Members, TimeSpan Since)> _componentOf = [];

    /// <summary>Looks again; to be called often, and whenever something is judged.</summary>
    public void Look()
    {
        var now = cluster.Time.Now;
        var component = new int[cluster.Peers.Count];
        Array.Fill(component, -1);
        foreach (var group in Components())
        {
            var members = string.Join(',', group.Select(peer => $"{peer.Index}.{peer.Life}").Order(StringComparer.Ordinal));
            foreach (var peer in group)
            {
                component[peer.Index] = group[0].Index;
                if (!_componentOf.TryGetValue(peer.Index, out var before) || before.Members != members)
                {
                    _componentOf[peer.Index] = (members, now);
                }
            }
        }

        for (var one = 0; one < component.Length; one++)
        {
            for (var other = one + 1; other < component.Length; other++)
            {
                if (component[one] < 0 || component[one] != component[other])
                {
                    _togetherSince.Remove((one, other));
                }
                else
                {
                    _togetherSince.TryAdd((one, other), now);
                }
            }
        }
    }

    /// <summary>A peer starts into a network that is whole: it has nothing to find out that it does not wait for.</summary>
    public void Started(SimulatedPeer peer)
    {
        Look();
        foreach (var pair in _togetherSince.Keys.Where(pair => pair.Item1 == peer.Index || pair.Item2 == peer.Index).ToArray())
        {
            _togetherSince[pair] = TimeSpan.MinValue;
        }
    }

    /// <summary>Since when the two can reach each other without a break; null when they cannot.</summary>
    public TimeSpan? TogetherSince(SimulatedPeer one, SimulatedPeer other) =>
        _togetherSince.TryGetValue((Math.Min(one.Index, other.Index), Math.Max(one.Index, other.Index)), out var since) ? since : null;

    /// <summary>Since when a peer reaches just those that it reaches now.</summary>
    public TimeSpan UnchangedSince(SimulatedPeer peer) => _componentOf[peer.Index].Since;

    /// <summary>The running peers in groups that can reach each other.</summary>
    public List<List<SimulatedPeer>> Components()
    {
        var left = cluster.Running.ToList();
        var components = new List<List<SimulatedPeer>>();
        while (left.Count > 0)
        {
            List<SimulatedPeer> group = [left[0]];
            left.RemoveAt(0);
            for (var next = 0; next < group.Count; next++)
            {
                var joined = left.Where(other => cluster.Network.AreJoined(group[next], other)).ToArray();
                group.AddRange(joined);
                left.RemoveAll(joined.Contains);
            }

            components.Add(group);
        }

        return components;
    }
}
