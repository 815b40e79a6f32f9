namespace Compeer.Cluster.Model;

/// <summary>How far this node is.</summary>
public enum ClusterSelfState
{
    /// <summary>Catching up with its peers after its start; it owns nothing yet.</summary>
    Starting = 0,

    /// <summary>Catching up after it found that it was suspended or stalled; it owns nothing.</summary>
    Doubting = 1,

    /// <summary>Takes its share.</summary>
    Active = 2,

    /// <summary>Handing over, to stop; it owns nothing.</summary>
    Leaving = 3,

    /// <summary>
    /// Catching up after it took up a configuration that others had before it; it owned nothing and owns nothing yet.
    /// </summary>
    CatchingUp = 4,
}
