using Compeer.Livestatus.Scope;

namespace Compeer.Daemon.Livestatus;

/// <summary>How often things happen, averaged as naemon-livestatus does: looked at every five seconds, each look counting for a quarter.
/// Any thread.</summary>
internal sealed class LivestatusRates(TimeProvider timeProvider)
{
    private const double Weight = 0.25;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly double[] _rates = new double[6];
    private double[]? _last;
    private long _lookedAt;

    /// <summary>The rates, when it is time with the present counts in them.</summary>
    public ProgramRates Look(in ProgramCounts counts, long hostChecks, long serviceChecks)
    {
        double[] now = [counts.Requests, counts.Connections, hostChecks, serviceChecks, counts.Forks, counts.LogMessages];
        lock (_lock)
        {
            if (_last is null)
            {
                _last = now;
                _lookedAt = timeProvider.GetTimestamp();
            }

            var elapsed = timeProvider.GetElapsedTime(_lookedAt);
            if (elapsed >= Between)
            {
                for (var i = 0; i < now.Length; i++)
                {
                    var rate = (now[i] - _last[i]) / elapsed.TotalSeconds;
                    _rates[i] = _rates[i] == 0 ? rate : (_rates[i] * (1 - Weight)) + (rate * Weight);
                }

                _last = now;
                _lookedAt = timeProvider.GetTimestamp();
            }

            return new ProgramRates(_rates[0], _rates[1], _rates[2], _rates[3], _rates[4], _rates[5]);
        }
    }
}
