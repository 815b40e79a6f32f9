using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>The result that was taken last is the one that all hold in the end.</summary>
internal sealed class ResultChecker(SimulatedCluster cluster)
{
    private readonly Dictionary<int, (long CheckTicks, SimulatedPeer By)> _latest = [];
    private readonly Dictionary<int, long> _frozen = [];

    /// <summary>A peer took a result; its state of the object says which.</summary>
    public void Taken(SimulatedPeer peer, int number)
    {
        if (peer.StateOf(number) is { } state)
        {
            _latest[number] = (state.LastCheckTicks, peer);
        }
    }

    public void Forget(int number) => _latest.Remove(number);

    /// <summary>From now on the first peer's states are shown as they are now.</summary>
    public void Freeze()
    {
        foreach (var number in cluster.Peers[0].Edition.Objects)
        {
            _frozen[number] = cluster.Peers[0].StateOf(number)!.LastCheckTicks;
        }
    }

    /// <summary>Null, or who holds something else than the latest result.</summary>
    public string? WhyNotLatest()
    {
        foreach ((var number, (var ticks, var by)) in _latest)
        {
            foreach (var peer in cluster.Running)
            {
                if (Held(peer, number) is { } held && held != ticks)
                {
                    return $"{peer.Name} holds {cluster.World.NameOf(number)} as of {new DateTime(held):HH:mm:ss.fff}, the latest "
                        + $"result is {by.Name}'s of {new DateTime(ticks):HH:mm:ss.fff}";
                }
            }
        }

        return null;
    }

    private long? Held(SimulatedPeer peer, int number) => peer.Index == 0 && _frozen.TryGetValue(number, out var frozen)
        ? frozen
        : peer.StateOf(number)?.LastCheckTicks;
}
