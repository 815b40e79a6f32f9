using Compeer.Engine.Model;

namespace Compeer.Engine.Snapshot;

/// <summary>Counts checks; averages and maxima are kept for this minute and the one before, so that they tell of now.</summary>
internal sealed class CheckStatistics
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private long _started;
    private long _completed;
    private long _passive;
    private readonly long[] _ignored = new long[(int)CompletionStatus.Overtaken + 1];
    private TimeSpan _windowStart;
    private Sums _current;
    private Sums _previous;

    /// <summary>A check was started.</summary>
    public void Started() => _started++;

    /// <summary>A result was ignored.</summary>
    public void Ignored(CompletionStatus why) => _ignored[(int)why]++;

    /// <summary>A result from outside was taken.</summary>
    public void Passive() => _passive++;

    /// <summary>A result was taken.</summary>
    public void Completed(TimeSpan now, TimeSpan latency, TimeSpan execution)
    {
        _completed++;
        Turn(now);
        _current = _current.With(latency, execution);
    }

    /// <summary>The figures.</summary>
    /// <param name="now">The time.</param>
    /// <param name="inFlight">Checks in flight, and for how long the first of them has been due.</param>
    public CheckCounters Read(TimeSpan now, (int Count, TimeSpan Longest) inFlight)
    {
        Turn(now);
        var both = _current.With(_previous);
        var count = Math.Max(1, both.Count);
        return new CheckCounters(
            _started, _completed, Ignored(), inFlight.Count, inFlight.Longest,
            both.Latency / count, both.LatencyMaximum, both.Execution / count)
        { Passive = _passive };
    }

    private IgnoredResults Ignored() => new(
        _ignored[(int)CompletionStatus.NotRunning],
        _ignored[(int)CompletionStatus.Superseded],
        _ignored[(int)CompletionStatus.Removed])
    { Overtaken = _ignored[(int)CompletionStatus.Overtaken] };

    private void Turn(TimeSpan now)
    {
        if (now - _windowStart < Window)
        {
            return;
        }

        _previous = now - _windowStart < Window * 2 ? _current : default;
        _current = default;
        _windowStart = now;
    }

    private readonly record struct Sums(long Count, TimeSpan Latency, TimeSpan LatencyMaximum, TimeSpan Execution)
    {
        public Sums With(TimeSpan latency, TimeSpan execution) =>
            new(Count + 1, Latency + latency, Longer(LatencyMaximum, latency), Execution + execution);

        public Sums With(Sums other) => new(
            Count + other.Count,
            Latency + other.Latency,
            Longer(LatencyMaximum, other.LatencyMaximum),
            Execution + other.Execution);

        private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;
    }
}
