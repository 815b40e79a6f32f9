using Compeer.Cluster.Model;
using Compeer.Engine.Events;

namespace Compeer.Peer;

/// <summary>What a <see cref="MonitoringPeer"/> wants done by the shell around it; filled by its methods, emptied by
/// the shell once acted upon.</summary>
public sealed class PeerEffects
{
    /// <summary>Checks to start.</summary>
    public List<CheckToRun> Checks { get; } = [];

    /// <summary>Lines for the log, in order.</summary>
    public List<LogEntry> Log { get; } = [];

    /// <summary>Dials, frames, closures and notices, in order; only these kinds.</summary>
    public List<ClusterEffect> Links { get; } = [];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Checks.Clear();
        Log.Clear();
        Links.Clear();
    }
}
