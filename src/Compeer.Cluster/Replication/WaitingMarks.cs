namespace Compeer.Cluster.Replication;

/// <summary>
/// How far the two queues of <see cref="UnstoredWrites"/> must have been taken before somebody who waits is answered. Who waits knows
/// one number; it is reached when both queues are beyond where they were when it was given.
/// </summary>
internal sealed class WaitingMarks
{
    /// <summary>Numbers kept apart; while more wait they share the last one, which is reached a little later.</summary>
    public const int Most = 1_024;

    private readonly Queue<(long Number, long Keyed, long States)> _waiting = [];
    private (long Keyed, long States) _last;
    private long _reached;

    /// <summary>Registers other than the states of objects.</summary>
    public Progress Keyed { get; } = new();

    /// <summary>States of objects.</summary>
    public Progress States { get; } = new();

    /// <summary>The number given last; from 0.</summary>
    public long Last { get; private set; }

    /// <summary>Somebody waits for all that was marked until now: <see cref="Last"/> says by which number.</summary>
    public void Await()
    {
        var now = (Keyed: Keyed.Marked, States: States.Marked);
        if (now == _last)
        {
            return;
        }

        _last = now;
        if (_waiting.Count == Most)
        {
            // Those that wait already are answered together with this one.
            _waiting.Clear();
        }

        _waiting.Enqueue((++Last, now.Keyed, now.States));
    }

    /// <summary>The highest number whose values were all taken.</summary>
    public long Reached()
    {
        while (_waiting.TryPeek(out var first) && first.Keyed <= Keyed.Taken && first.States <= States.Taken)
        {
            _reached = _waiting.Dequeue().Number;
        }

        return _reached;
    }

    /// <summary>How many names were put into a queue, and how many were taken out.</summary>
    internal sealed class Progress
    {
        /// <summary>Put in since the start.</summary>
        public long Marked { get; set; }

        /// <summary>Taken out since the start.</summary>
        public long Taken { get; set; }
    }
}
