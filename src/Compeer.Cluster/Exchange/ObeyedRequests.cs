using Compeer.Cluster.Model;

namespace Compeer.Cluster.Exchange;

/// <summary>The requests that this node obeyed lately, and what it answered: one that comes again, since the link broke on which it came or
/// on which the answer went, is not obeyed again. Bounded in number and time.</summary>
internal sealed class ObeyedRequests(ClusterContext context)
{
    /// <summary>Requests that are remembered; of more the oldest are forgotten.</summary>
    public const int Most = 16_384;

    /// <summary>How long they are: nobody waits for one any more.</summary>
    public static readonly TimeSpan Memory = AwaitedRequests.Limit * 2;

    private readonly Dictionary<RequestTag, (bool IsAnswered, string? Failure)> _obeyed = [];
    private readonly Queue<(TimeSpan Until, RequestTag Tag)> _order = [];

    /// <summary>One came: whether it is the first time. Else <paramref name="answer"/> says what was answered, when it was.</summary>
    public bool TryBegin(RequestTag tag, out (bool IsAnswered, string? Failure) answer)
    {
        while (_order.TryPeek(out var first) && first.Until <= context.Monotonic)
        {
            ForgetFirst();
        }

        if (_obeyed.TryGetValue(tag, out answer))
        {
            return false;
        }

        if (_order.Count >= Most)
        {
            ForgetFirst();
        }

        _obeyed.Add(tag, default);
        _order.Enqueue((context.Monotonic + Memory, tag));
        return true;
    }

    /// <summary>One is answered.</summary>
    public void Answered(RequestTag tag, string? failure)
    {
        if (_obeyed.ContainsKey(tag))
        {
            _obeyed[tag] = (IsAnswered: true, failure);
        }
    }

    private void ForgetFirst() => _obeyed.Remove(_order.Dequeue().Tag);
}
