using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Network;

/// <summary>One connection between two simulated nodes: two directions, each in order, each with its own delays.</summary>
internal sealed class SimulatedPipe(LinkId id, SimulatedNode dialler, SimulatedNode listener)
{
    private readonly TimeSpan[] _lastArrival = new TimeSpan[2];

    public LinkId Id { get; } = id;

    public SimulatedNode Dialler { get; } = dialler;

    public SimulatedNode Listener { get; } = listener;

    public bool IsClosed { get; set; }

    public SimulatedNode OtherEnd(SimulatedNode node) => node == Dialler ? Listener : Dialler;

    /// <summary>When something sent now arrives: never before what was sent earlier.</summary>
    public TimeSpan ArrivalAt(SimulatedNode to, TimeSpan earliest)
    {
        var direction = to == Dialler ? 0 : 1;
        var arrival = earliest > _lastArrival[direction] ? earliest : _lastArrival[direction];
        return _lastArrival[direction] = arrival;
    }
}
