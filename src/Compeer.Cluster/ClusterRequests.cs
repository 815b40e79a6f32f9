using Compeer.Cluster.Exchange;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster;

/// <summary>Words for the owners of objects, wherever in the component they are.</summary>
public sealed class ClusterRequests
{
    /// <summary>The most that a request takes, in bytes.</summary>
    public const int MaxBytes = ProtocolLimits.MaxRequest;

    private readonly Requests _requests;
    private readonly Func<ObjectKeys> _keys;
    private readonly Action<ClusterTime, ClusterEffects> _begin;
    private readonly Action _end;

    internal ClusterRequests(Requests requests, Func<ObjectKeys> keys, Action<ClusterTime, ClusterEffects> begin, Action end) =>
        (_requests, _keys, _begin, _end) = (requests, keys, begin, end);

    /// <summary>
    /// Brings words to the present owner of an object, where they come out as <see cref="ClusterEffect.Asked"/>; here and at
    /// once when this node is the owner. They are lost when no owner can be reached within 10 s, or it dies with them; after a link broke
    /// they may come twice.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="index">The object's number.</param>
    /// <param name="payload">The words, at most <see cref="MaxBytes"/> bytes; not changed afterwards.</param>
    /// <param name="effects">Takes what is to be done.</param>
    /// <exception cref="ArgumentException">There is no such object, or too many words.</exception>
    public void Ask(ClusterTime now, int index, ReadOnlyMemory<byte> payload, ClusterEffects effects)
    {
        Check(index, payload);
        _begin(now, effects);
        _requests.Route(_keys(), RequestAbout(index, payload));
        _end();
    }

    /// <summary>
    /// The same for words whose end somebody waits for: a <see cref="ClusterEffect.Answered"/> follows, within 30 s. Should their owner be
    /// lost before it answered they go to the next one; one that gets them twice obeys once.
    /// </summary>
    /// <returns>The number with which it follows. It may be among the effects already.</returns>
    public long AskAndAwait(ClusterTime now, int index, ReadOnlyMemory<byte> payload, ClusterEffects effects)
    {
        Check(index, payload);
        _begin(now, effects);
        var number = _requests.RouteAwaited(_keys(), RequestAbout(index, payload));
        _end();
        return number;
    }

    /// <summary>This node obeyed words that somebody waits for, and its database has what came of them; or why it did not.</summary>
    /// <param name="now">The time.</param>
    /// <param name="tag">Of the <see cref="ClusterEffect.Asked"/>.</param>
    /// <param name="failure">Why it did not, for people; null when it did.</param>
    /// <param name="effects">Takes what is to be done.</param>
    public void Answer(ClusterTime now, RequestTag tag, string? failure, ClusterEffects effects)
    {
        _begin(now, effects);
        _requests.Answer(tag, failure);
        _end();
    }

    private void Check(int index, ReadOnlyMemory<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _keys().Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, MaxBytes, nameof(payload));
    }

    private LinkFrame.Request RequestAbout(int index, ReadOnlyMemory<byte> payload) =>
        new(Owner: null, _keys().KeyOf(index), payload, Hops: 0);
}
