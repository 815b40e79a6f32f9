using Compeer.Cluster;
using Compeer.Cluster.Model;

namespace Compeer.Peer;

/// <summary>What this peer, as the owner of objects, obeyed for somebody who waits: answered when the database has what came of it. Bounded
/// by what may wait at those that asked.</summary>
internal sealed class ObeyedWords(ClusterStorage storage)
{
    private readonly List<(RequestTag Tag, string? Failure)> _fresh = [];
    private readonly Queue<(RequestTag Tag, string? Failure, long Mark)> _held = [];

    /// <summary>Something was obeyed, or why it was not.</summary>
    public void Add(RequestTag tag, string? failure) => _fresh.Add((tag, failure));

    /// <summary>What was obeyed in this round is with the cluster by now, and goes into the database with the next writing.</summary>
    public void EndRound()
    {
        if (_fresh.Count == 0)
        {
            return;
        }

        storage.Hurry();
        foreach (var (tag, failure) in _fresh)
        {
            _held.Enqueue((tag, failure, storage.Unforgettable));
        }

        _fresh.Clear();
    }

    /// <summary>The next that may be answered; null when there is none.</summary>
    /// <param name="isWaiting">Whether the database works: while it does not nobody waits for it.</param>
    public (RequestTag Tag, string? Failure)? Take(bool isWaiting) =>
        _held.TryPeek(out var first) && (first.Mark <= storage.StoredUpTo || !isWaiting) && _held.TryDequeue(out _)
            ? (first.Tag, first.Failure)
            : null;
}
