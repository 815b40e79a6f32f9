namespace Compeer.Cluster.Replication;

/// <summary>Which of two values of one register stays.</summary>
internal enum RegisterMerge
{
    /// <summary>The later ownership; within one, the later clock, then the higher node.</summary>
    Owner,

    /// <summary>The later clock, then the higher node.</summary>
    Newest,

    /// <summary>A removal before anything else, then the later clock, then the higher node.</summary>
    Set,
}
