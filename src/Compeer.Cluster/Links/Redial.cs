using Compeer.Cluster.Model;

namespace Compeer.Cluster.Links;

/// <summary>When to dial a neighbour, and since when a dial is under way.</summary>
internal sealed class Redial(NodeId self, NodeId neighbour, TimeSpan first)
{
    /// <summary>A dial that the shell never answers counts as failed after this.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private int _failures;
    private TimeSpan _next = first;

    /// <summary>When the dial under way is given up; null when none is.</summary>
    public TimeSpan? End { get; private set; }

    /// <summary>When there is something to do: a dial to be given up, or one to be made.</summary>
    public TimeSpan NextWake => End ?? _next;

    /// <summary>Whether it is time for the next dial.</summary>
    public bool IsDue(TimeSpan now) => End is null && _next <= now;

    /// <summary>Whether the dial under way has had its time.</summary>
    public bool IsOver(TimeSpan now) => End <= now;

    /// <summary>A dial is under way.</summary>
    public void Begin(TimeSpan now) => End = now + Limit;

    /// <summary>The dial was answered, one way or the other.</summary>
    public void Answered() => End = null;

    /// <summary>There is no connection any more: the next dial is later the more often that happened in a row.</summary>
    public void Later(TimeSpan now) => _next = now + Backoff.After(_failures++, self, neighbour);

    /// <summary>Something changed here that makes the next dial worth while now.</summary>
    public void AtOnce(TimeSpan now)
    {
        _next = now;
        _failures = 0;
    }

    /// <summary>The neighbour was caught up with: what failed before does not count any more.</summary>
    public void Succeeded() => _failures = 0;
}
