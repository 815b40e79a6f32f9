using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;

namespace Compeer.Engine.Scheduling;

/// <summary>
/// The times of the checks that this node owns, on the monotonic clock. A check whose time falls outside its check period
/// waits for the next time inside; those waits are the only ones that depend on the wall clock, so only they are
/// reckoned again when it jumps.
/// </summary>
internal sealed class CheckSchedule(CheckableTable table, TimePeriodClock periods)
{
    /// <summary>Naemon starts all checks of a period in its first second; they are spread over this time here.</summary>
    private static readonly TimeSpan LongestPeriodSpread = TimeSpan.FromMinutes(1);

    /// <summary>How often the wall clock is looked at while checks wait for a period.</summary>
    private static readonly TimeSpan PeriodWatch = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan SmallestJump = TimeSpan.FromSeconds(1);

    private readonly CheckQueue _queue = new(table.Count);
    private readonly bool[] _waitsForPeriod = new bool[table.Count];

    /// <summary>The forced ones, and whether because their last results are stale.</summary>
    private readonly Dictionary<int, bool> _forced = [];

    /// <summary>Of those that are due at another time than their turns: <see cref="PlannedCheck.Turn"/>.</summary>
    private readonly Dictionary<int, TimeSpan> _turns = [];
    private int _waiting;
    private EngineTime? _lastSeen;

    /// <summary>How many checks have a time.</summary>
    public int Count => _queue.Count;

    /// <summary>When there is something to do; null when nothing has a time.</summary>
    public TimeSpan? NextWake
    {
        get
        {
            if (!_queue.TryPeek(out _, out var due))
            {
                return null;
            }

            var watch = _waiting > 0 && _lastSeen is { } seen ? seen.Monotonic + PeriodWatch : due;
            return watch < due ? watch : due;
        }
    }

    /// <summary>When this check is due; null when it has no time.</summary>
    public TimeSpan? Due(CheckableId id) => _queue.Contains(id.Index) ? _queue.Due(id.Index) : null;

    /// <summary>The turn that a check is made for: when it is due, or was when its turn passed.</summary>
    public TimeSpan Turn(CheckableId id, TimeSpan due) =>
        _turns.Count > 0 && _turns.TryGetValue(id.Index, out var passed) ? passed : due;

    /// <summary>The time of a check, moved into its check period; a check that no time fits gets none.</summary>
    public PlannedCheck Plan(CheckableId id, CheckSettings settings, TimeSpan due, EngineTime now)
    {
        var wall = WallAt(due, now);
        if (periods.Contains(settings.CheckPeriod, wall))
        {
            return new PlannedCheck(due, WaitsForPeriod: false);
        }

        if (periods.NextValid(settings.CheckPeriod, wall) is not { } opening)
        {
            return PlannedCheck.Never;
        }

        var window = settings.CheckInterval < LongestPeriodSpread ? settings.CheckInterval : LongestPeriodSpread;
        var spread = opening + (window * table.Fraction(id));
        var start = periods.Contains(settings.CheckPeriod, spread) ? spread : opening;
        return new PlannedCheck(due + (start - wall), WaitsForPeriod: true);
    }

    /// <summary>The time of the check after this one, when its result came or it is left out (see
    /// <see cref="CheckTiming.AfterResult"/>).</summary>
    /// <param name="id">The object.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="isSoftProblem">Whether <c>retry_interval</c> counts.</param>
    /// <param name="check">The check.</param>
    /// <param name="started">When it started.</param>
    /// <param name="now">The time.</param>
    public PlannedCheck PlanNext(
        CheckableId id, CheckSettings settings, bool isSoftProblem, in RunningCheck check, TimeSpan started, EngineTime now)
    {
        if (CheckTiming.AfterResult(settings, isSoftProblem, check.Due, check.Turn, started, now.Monotonic) is not { } next)
        {
            return PlannedCheck.Never;
        }

        next = next > check.NotBefore ? next : check.NotBefore;
        var planned = Plan(id, settings, next, now);
        return planned.WaitsForPeriod
            ? planned
            : planned with { Turn = CheckTiming.LeftTurn(settings, isSoftProblem, check.Turn, next) };
    }

    /// <summary>Sets the time of a check.</summary>
    public void Set(CheckableId id, PlannedCheck planned)
    {
        Forget(id);
        if (planned.Due is not { } due)
        {
            _queue.Remove(id.Index);
            return;
        }

        _queue.Set(id.Index, due);
        if (planned.IsForced)
        {
            _forced.Add(id.Index, planned.IsForFreshness);
        }

        if (planned.Turn is { } turn)
        {
            _turns.Add(id.Index, turn);
        }

        if (planned.WaitsForPeriod)
        {
            _waitsForPeriod[id.Index] = true;
            _waiting++;
        }
    }

    /// <summary>
    /// Takes over the times of an earlier configuration's schedule, of all objects but the rescheduled ones; those are for
    /// <see cref="Set"/>, and <see cref="EndMove"/> ends it.
    /// </summary>
    /// <param name="former">The earlier one.</param>
    /// <param name="later">Per old index the new one, or less than 0.</param>
    /// <param name="isRescheduled">Whether an object gets another time, by its new index.</param>
    public void BeginMove(CheckSchedule former, ReadOnlySpan<int> later, Func<CheckableId, bool> isRescheduled)
    {
        _lastSeen = former._lastSeen;
        _queue.Collect();
        foreach (var old in former._queue.Waiting)
        {
            var index = later[old];
            if (index >= 0 && !isRescheduled(new CheckableId(index)))
            {
                _queue.Set(index, former._queue.Due(old));
                _waitsForPeriod[index] = former._waitsForPeriod[old];
                _waiting += _waitsForPeriod[index] ? 1 : 0;
                if (former._turns.TryGetValue(old, out var turn))
                {
                    _turns.Add(index, turn);
                }

                if (former._forced.TryGetValue(old, out var isForFreshness))
                {
                    _forced.Add(index, isForFreshness);
                }
            }
        }
    }

    /// <summary>All times are set: from now on checks can be taken.</summary>
    public void EndMove() => _queue.Order();

    /// <summary>The next check that is due; false when there is none.</summary>
    public bool TryPeek(TimeSpan now, out CheckableId id, out TimeSpan due)
    {
        var isAny = _queue.TryPeek(out var first, out due) && due <= now;
        id = new CheckableId(first);
        return isAny;
    }

    /// <summary>Whether the check that waits was forced by an operator.</summary>
    public bool IsForced(CheckableId id) => _forced.Count > 0 && _forced.ContainsKey(id.Index);

    /// <summary>All that wait so: whether because the last result is stale.</summary>
    public ImmutableDictionary<CheckableId, bool> Forced => _forced.Count == 0
        ? ImmutableDictionary<CheckableId, bool>.Empty
        : _forced.ToImmutableDictionary(forced => new CheckableId(forced.Key), forced => forced.Value);

    /// <summary>Whether it was forced because the last result is stale.</summary>
    public bool IsForFreshness(CheckableId id) => _forced.Count > 0 && _forced.GetValueOrDefault(id.Index);

    /// <summary>Whether a check may run at this time.</summary>
    public bool IsInPeriod(CheckSettings settings, DateTimeOffset wall) => periods.Contains(settings.CheckPeriod, wall);

    /// <summary>Notes the clocks. True when the wall clock jumped against the monotonic one, so that the checks that wait for a period
    /// are to be planned again (<see cref="PlanAgain"/>).</summary>
    public bool See(EngineTime now)
    {
        var before = _lastSeen ?? now;
        _lastSeen = now;
        var jump = (now.Wall - before.Wall) - (now.Monotonic - before.Monotonic);
        return _waiting > 0 && jump.Duration() >= SmallestJump;
    }

    /// <summary>Plans the checks that wait for a period again, spread: the jump may have been into the period of them all.</summary>
    public void PlanAgain(Func<CheckableId, CheckSettings> settingsOf, EngineTime now)
    {
        for (var index = 0; index < _waitsForPeriod.Length; index++)
        {
            if (_waitsForPeriod[index])
            {
                CheckableId id = new(index);
                Set(id, Plan(id, settingsOf(id), now.Monotonic + (LongestPeriodSpread * table.Fraction(id)), now));
            }
        }
    }

    private void Forget(CheckableId id)
    {
        if (_forced.Count > 0)
        {
            _forced.Remove(id.Index);
        }

        if (_turns.Remove(id.Index) && _turns.Count == 0)
        {
            // After a start it may have been everything.
            _turns.TrimExcess();
        }

        if (_waitsForPeriod[id.Index])
        {
            _waitsForPeriod[id.Index] = false;
            _waiting--;
        }
    }

    private static DateTimeOffset WallAt(TimeSpan monotonic, EngineTime now)
    {
        // Times beyond what a date can hold (a check_interval of ten thousand years) are outside nobody's period.
        var ticks = now.Wall.UtcTicks + (monotonic - now.Monotonic).Ticks;
        ticks = Math.Clamp(ticks, DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
