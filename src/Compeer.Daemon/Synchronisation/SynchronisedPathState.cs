using Compeer.Cluster.Model;

namespace Compeer.Daemon.Synchronisation;

/// <summary>How it stands with one file or folder and one neighbour.</summary>
/// <param name="Neighbour">Which.</param>
/// <param name="IsSent">Whether this node sends it; else it receives it.</param>
/// <param name="Path">Where it is here.</param>
/// <param name="PathThere">Where it is at the neighbour; empty when only the neighbour knows.</param>
/// <param name="IsInStep">Whether both have the same, and all of it.</param>
/// <param name="LastSame">When both had the same last; null when they never had.</param>
/// <param name="Text">What is wrong, or what could not be kept; empty when there is nothing to say.</param>
internal sealed record SynchronisedPathState(
    NodeId Neighbour, bool IsSent, string Path, string PathThere, bool IsInStep, DateTimeOffset? LastSame, string Text)
{
    /// <summary>Whether the neighbour lets it in by a push only, so that nothing is wrong.</summary>
    public bool WaitsForPush { get; init; }
}
