using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>
/// Since when each peer may be expected to check an object again: since the last check that began at it, or at a peer that it could reach
/// then, if only through others. A peer that starts knows of nothing.
/// </summary>
internal sealed class Memories(Reachability reachability)
{
    private readonly Dictionary<SimulatedPeer, (int Life, Dictionary<int, TimeSpan> Since)> _of = [];

    /// <summary>From now on this is what the peer, and all that it can reach, know of.</summary>
    public void Remember(SimulatedPeer peer, int number, TimeSpan since)
    {
        foreach (var other in reachability.GroupOf(peer, number))
        {
            Of(other)[number] = since;
        }
    }

    /// <summary>All of a group know of nothing earlier than this.</summary>
    public void RememberAtLeast(List<SimulatedPeer> group, int number, TimeSpan since)
    {
        foreach (var memory in group.Select(Of).Where(memory => memory.GetValueOrDefault(number) < since))
        {
            memory[number] = since;
        }
    }

    /// <summary>The last that any of a group knows of; its latest start when none knows of anything.</summary>
    public TimeSpan Last(List<SimulatedPeer> group, int number)
    {
        var last = TimeSpan.Zero;
        var start = TimeSpan.Zero;
        foreach (var peer in group)
        {
            var since = Of(peer).GetValueOrDefault(number);
            last = since > last ? since : last;
            start = peer.StartedAt > start ? peer.StartedAt : start;
        }

        return last == TimeSpan.Zero ? start : last;
    }

    private Dictionary<int, TimeSpan> Of(SimulatedPeer peer)
    {
        if (!_of.TryGetValue(peer, out var memory) || memory.Life != peer.Life)
        {
            _of[peer] = memory = (peer.Life, []);
        }

        return memory.Since;
    }
}
