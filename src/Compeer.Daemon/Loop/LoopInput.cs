using Compeer.Cluster.Model;
using Compeer.Engine.Model;
using Compeer.Peer;

namespace Compeer.Daemon.Loop;

/// <summary>What the shells put into the loop's queue.</summary>
internal abstract record LoopInput
{
    private LoopInput()
    {
    }

    internal sealed record Neighbours(IReadOnlyList<Neighbour> Nodes) : LoopInput;

    internal sealed record LinkOpened(LinkId Link, NodeId Neighbour, bool DialledHere) : LoopInput;

    internal sealed record LinkClosed(LinkId Link, string Reason) : LoopInput;

    internal sealed record DialFailed(NodeId Neighbour, string Reason) : LoopInput;

    /// <summary>A frame; <paramref name="Done"/> is called once it was processed, which lets its link read the next.</summary>
    internal sealed record Frame(LinkId Link, ReadOnlyMemory<byte> Bytes, Action Done) : LoopInput;

    internal sealed record CheckCompleted(CheckableId Id, CheckResult Result) : LoopInput;

    /// <summary>Another configuration; <paramref name="Done"/> gets how long the loop was busy with it.</summary>
    internal sealed record TakeUp(PeerChange Change, TaskCompletionSource<TimeSpan> Done) : LoopInput;

    /// <summary>Someone wants a view; <paramref name="Take"/> runs on the loop and must only copy.</summary>
    internal sealed record View(Action<MonitoringPeer, Instant> Take) : LoopInput;

    internal sealed record Leave : LoopInput;
}
