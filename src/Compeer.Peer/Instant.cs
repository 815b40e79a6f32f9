using Compeer.Cluster.Model;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>The time on one input of the loop: both clocks, read once, handed to engine and cluster alike.</summary>
/// <param name="Monotonic">Goes forward only, also while the machine sleeps.</param>
/// <param name="Wall">The wall clock.</param>
public readonly record struct Instant(TimeSpan Monotonic, DateTimeOffset Wall)
{
    internal EngineTime ForEngine => new(Monotonic, Wall);

    internal ClusterTime ForCluster => new(Monotonic, Wall);
}
