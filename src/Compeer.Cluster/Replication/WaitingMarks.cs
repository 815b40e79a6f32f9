namespace Compeer.Cluster.Replication;

/// <summary>
/// How far the two queues of <see cref="UnstoredWrites"/> must have been taken before somebody who waits is answered. Who waits knows
/// one number; it is reached when both queues are beyond where they were when it was given.
/// </summary>
internal sealed class WaitingMarks
{
    /// <summary>Numbers kept apart; while more wait those that come last share one, which is reached a little later. Who came before is
    /// answered as ever: under a load that does not end nobody waits for its end.</summary>
    public const int Most = 1_024;

    private readonly Queue<(long Number, long Keyed, long States)> _waiting = [];
    private (long Number, long Keyed, long States)? _rest;
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
        var mark = (++Last, now.Keyed, now.States);
        if (_rest is { } rest && _waiting.Count < Most)
        {
            _waiting.Enqueue(rest);
            _rest = null;
        }

        if (_waiting.Count < Most)
        {
            _waiting.Enqueue(mark);
        }
        else
        {
            _rest = mark;
        }
    }

    /// <summary>The highest number whose values were all taken.</summary>
    public long Reached()
    {
        while ((_waiting.TryPeek(out var first) ? first : _rest) is { } next && IsTaken(next.Keyed, next.States))
        {
            _reached = next.Number;
            if (!_waiting.TryDequeue(out _))
            {
                _rest = null;
            }
        }

        return _reached;
    }

    private bool IsTaken(long keyed, long states) => keyed <= Keyed.Taken && states <= States.Taken;

    /// <summary>How many names were put into a queue, and how many were taken out.</summary>
    internal sealed class Progress
    {
        /// <summary>Put in since the start.</summary>
        public long Marked { get; set; }

        /// <summary>Taken out since the start.</summary>
        public long Taken { get; set; }
    }
}
