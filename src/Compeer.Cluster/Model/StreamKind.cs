namespace Compeer.Cluster.Model;

/// <summary>
/// A kind of append-only streams; every node has one of its own of each. Numbers go over the wire: append only. A kind that
/// this version does not know is kept and passed on like one that it does.
/// </summary>
public enum StreamKind
{
    /// <summary>Not a stream.</summary>
    None = 0,

    /// <summary>What happened: alerts, notifications, downtimes and the like, each once.</summary>
    History = 1,
}
