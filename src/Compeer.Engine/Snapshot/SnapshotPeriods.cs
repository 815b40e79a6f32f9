using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.TimePeriods;

namespace Compeer.Engine.Snapshot;

/// <summary>Which time periods the time of a snapshot is in; each is looked at once. One thread at a time.</summary>
public sealed class SnapshotPeriods
{
    private readonly TimePeriodClock _clock;
    private readonly DateTimeOffset _time;
    private readonly Dictionary<TimePeriodDefinition, bool> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>For one snapshot.</summary>
    public SnapshotPeriods(EngineSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _clock = new TimePeriodClock(snapshot.Configuration.Zone);
        _time = snapshot.TakenAt.Wall;
    }

    /// <summary>Whether the time is inside the period; a null period is always.</summary>
    public bool Contains(TimePeriodDefinition? period)
    {
        if (period is null)
        {
            return true;
        }

        if (!_known.TryGetValue(period, out var isInside))
        {
            isInside = _clock.Contains(period, _time);
            _known.Add(period, isInside);
        }

        return isInside;
    }
}
