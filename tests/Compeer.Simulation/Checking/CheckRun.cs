using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>A check that a peer runs or has run.</summary>
/// <param name="Peer">Where.</param>
/// <param name="Life">In which of its lives.</param>
/// <param name="Start">When it started.</param>
/// <param name="End">When its plugin ends.</param>
internal sealed record CheckRun(SimulatedPeer Peer, int Life, TimeSpan Start, TimeSpan End)
{
    /// <summary>Whether its result will still be taken: its process lives on and has not given up everything since.</summary>
    public bool Counts => Peer.Life == Life && Peer.IsRunning && Peer.DiscardedAt < Start;
}
