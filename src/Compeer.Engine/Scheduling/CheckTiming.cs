using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.Scheduling;

/// <summary>When a check is due, as pure functions; check periods are applied by <see cref="CheckSchedule"/>.</summary>
internal static class CheckTiming
{
    /// <summary>Longest time over which first checks are spread, whatever their interval (Nagios
    /// <c>max_service_check_spread</c>, 30 minutes): a check made once a day shall not stay unknown for a day.</summary>
    public static readonly TimeSpan LongestSpread = TimeSpan.FromMinutes(30);

    /// <summary>Longest time over which overdue checks are spread at a takeover. It is of the size of the time in which a
    /// lost peer is noticed (3 s of silence), so that spreading at most doubles the gap, and long enough that the
    /// checks that fell due meanwhile do not start in one instant.</summary>
    public static readonly TimeSpan LongestTakeover = TimeSpan.FromSeconds(3);

    /// <summary>How far the clocks of two peers may differ before a time from the other one is not believed: what is due
    /// "in more than an interval" by so little was checked just now, and must not be checked again at once.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    private const int TakeoverShare = 10;

    /// <summary>On its way back to its turns a check is due again after at least an interval less one such part of it. Also by the clock of
    /// another peer that is more than half of one.</summary>
    private const int StepParts = 4;

    /// <summary>
    /// The delay of a first check. Each name has a fixed phase within its window, reckoned from the epoch of the wall
    /// clock: all peers compute the same time, and it stays the same when the object moves before its first check.
    /// </summary>
    public static TimeSpan First(TimeSpan interval, double fraction, DateTimeOffset wall)
    {
        var window = Shorter(interval, LongestSpread);
        var phase = (long)(fraction * window.Ticks);
        var delay = (phase - (wall.UtcTicks % window.Ticks)) % window.Ticks;
        return new TimeSpan(delay < 0 ? delay + window.Ticks : delay);
    }

    /// <summary>
    /// The same for an object that moves: its former owner, by whose clock it had another phase, may have been about to check it. It is
    /// overdue when it has been known for longer than the window.
    /// </summary>
    /// <param name="interval">The time between checks.</param>
    /// <param name="fraction">See <see cref="Spread"/>.</param>
    /// <param name="wall">Now, by this node's clock.</param>
    /// <param name="known">How long the object has been known here.</param>
    public static TimeSpan First(TimeSpan interval, double fraction, DateTimeOffset wall, TimeSpan known)
    {
        var left = Shorter(interval, LongestSpread) - known;
        var latest = (left > TimeSpan.Zero ? left : TimeSpan.Zero) + (Shorter(interval / TakeoverShare, LongestTakeover) * fraction);
        return Shorter(First(interval, fraction, wall), latest);
    }

    /// <summary>
    /// The delay of the next check of an object by nothing but its state; null when it is not to be checked by schedule.
    /// </summary>
    /// <remarks>Without <c>check_interval</c> there are retries only, and the first check of a host, at once (Naemon
    /// <c>checks_init_hosts</c>; services are left out there).</remarks>
    /// <param name="state">The state.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="fraction">See <see cref="Spread"/>.</param>
    /// <param name="wall">Now, by this node's clock.</param>
    /// <param name="clockAhead">How far the clock that the state was written by is ahead of that.</param>
    /// <param name="known">How long the object has been known here.</param>
    public static TimeSpan? ByState(
        CheckState state, in EffectiveSettings settings, double fraction, DateTimeOffset wall, TimeSpan clockAhead, TimeSpan known)
    {
        var interval = Interval(settings.Checking, state.IsSoft && state.State != 0);
        if (interval <= TimeSpan.Zero)
        {
            return settings.IsHost && !state.HasBeenChecked ? LongestTakeover * fraction : null;
        }

        return state.HasBeenChecked
            ? Continue(state, settings.Checking, fraction, wall, clockAhead, known)
            : First(interval, fraction, wall, known);
    }

    /// <summary>
    /// The delay of the next check of an object whose state came from elsewhere: another peer, or the disk.
    /// </summary>
    /// <remarks>
    /// Due in the future (as far as clocks agree, see <see cref="ClockTolerance"/>): then, after an interval at most.
    /// Overdue by at most an interval, as at every takeover: within a tenth of the interval and
    /// <see cref="LongestTakeover"/>. Overdue by more (everything was off for a while), or in a future farther than its
    /// interval (the interval was shortened, or a clock was wrong): spread like first checks, as Naemon does with
    /// retained scheduling information. A state without a time is the result of a node that did not own the object any more: due an
    /// interval after the start of that check, or at its end if that is later, as after a result of an own check.
    /// </remarks>
    /// <param name="state">The state.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="fraction">See <see cref="Spread"/>.</param>
    /// <param name="wall">Now, by this node's clock.</param>
    /// <param name="clockAhead">How far the clock that the state was written by is ahead of that.</param>
    /// <param name="known">How long the object has been known here: so long was the time that a wrong clock gave it not believed.</param>
    public static TimeSpan Continue(
        CheckState state,
        CheckSettings settings,
        double fraction,
        DateTimeOffset wall,
        TimeSpan clockAhead,
        TimeSpan known = default)
    {
        var (interval, longest, delay) = Left(state, settings, wall, clockAhead);
        if (delay > (longest + ClockTolerance).Ticks)
        {
            return First(interval, fraction, wall, known);
        }

        if (delay < -longest.Ticks)
        {
            return First(interval, fraction, wall);
        }

        var window = Shorter(interval / TakeoverShare, LongestTakeover);
        return delay > 0 ? new TimeSpan(Math.Min(delay, longest.Ticks)) : window * fraction;
    }

    /// <summary>How long ago the turn passed that an object makes up for (see <see cref="Continue"/>); null when none did, or more than
    /// one. Its next turns are counted from there: what was overdue when this node started or took over is checked within seconds, and
    /// would be for ever after if it were counted from then.</summary>
    /// <param name="state">The state.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="wall">Now, by this node's clock.</param>
    /// <param name="clockAhead">How far the clock that the state was written by is ahead of that.</param>
    public static TimeSpan? PassedTurn(CheckState state, CheckSettings settings, DateTimeOffset wall, TimeSpan clockAhead)
    {
        if (!state.HasBeenChecked)
        {
            return null;
        }

        var (_, longest, delay) = Left(state, settings, wall, clockAhead);
        return delay <= 0 && delay >= -longest.Ticks ? new TimeSpan(-delay) : null;
    }

    /// <summary>
    /// The delay of the next check of an object whose schedule the configuration changed: an interval, as it is now, after the
    /// last check. What would be overdue by that (the interval was shortened, checks were off) is spread like first checks.
    /// When the interval was lengthened it is somewhere between the time that it had and that one: not sooner than it would
    /// have been, and what stood close together does not stay so for ever, as it does at Naemon.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="settings">The settings as they are now.</param>
    /// <param name="planned">The delay that it had; null for none.</param>
    /// <param name="fraction">See <see cref="Spread"/>.</param>
    /// <param name="wall">Now, by this node's clock.</param>
    /// <param name="clockAhead">How far the clock that the state was written by is ahead of that.</param>
    public static TimeSpan AfterChange(
        CheckState state, CheckSettings settings, TimeSpan? planned, double fraction, DateTimeOffset wall, TimeSpan clockAhead)
    {
        var interval = Interval(settings, state.IsSoft && state.State != 0);
        var left = new TimeSpan(state.LastCheckTicks + interval.Ticks - wall.UtcTicks - clockAhead.Ticks);
        if (!state.HasBeenChecked || left <= TimeSpan.Zero || left > interval + ClockTolerance)
        {
            return First(interval, fraction, wall);
        }

        return planned is { } before && before < left ? before + ((left - before) * fraction) : left;
    }

    /// <summary>The time between checks: <c>retry_interval</c> in a soft problem, else <c>check_interval</c>; zero when there
    /// is to be no further check.</summary>
    public static TimeSpan Interval(CheckSettings settings, bool isSoftProblem)
    {
        var isRetry = isSoftProblem && settings.RetryInterval > TimeSpan.Zero;
        var interval = isRetry ? settings.RetryInterval : settings.CheckInterval;
        return interval > TimeSpan.Zero && interval < EngineLimits.ShortestInterval ? EngineLimits.ShortestInterval : interval;
    }

    /// <summary>
    /// The time of the next check after a result, or null for none. Regular checks are counted from when this one was due, so that
    /// what comes in between (a busy loop, a full lane, a slow plugin) moves no later check: 500 checks a second stay 500. One that
    /// started an interval late or more, or made up for a turn (<see cref="PassedTurn"/>), goes back to its turns: after a machine stood
    /// still all checks start in one instant, and would for ever if they were counted from there, as Naemon does always. Until the next
    /// one it is at most an interval and at least three quarters of one, in equal steps: so a check is back after four at most,
    /// and until then <see cref="LeftTurn"/> is what it is made for. Retries are counted from the result (Naemon).
    /// </summary>
    /// <param name="settings">The settings.</param>
    /// <param name="isSoftProblem">Whether <c>retry_interval</c> counts.</param>
    /// <param name="due">When the check was due.</param>
    /// <param name="turn">The turn that it was made for: the same, or when that passed before this node had the object.</param>
    /// <param name="started">When it started.</param>
    /// <param name="now">When its result came.</param>
    public static TimeSpan? AfterResult(
        CheckSettings settings, bool isSoftProblem, TimeSpan due, TimeSpan turn, TimeSpan started, TimeSpan now)
    {
        var interval = Interval(settings, isSoftProblem);
        if (interval <= TimeSpan.Zero)
        {
            return null;
        }

        var isRetry = isSoftProblem && settings.RetryInterval > TimeSpan.Zero;
        var next = isRetry ? now + interval
            : turn == due && due + interval > started ? due + interval
            : started + Step(interval - new TimeSpan((started - turn).Ticks % interval.Ticks), interval);
        return next > now ? next : now;
    }

    /// <summary>The turn that a check goes back to which is due at this time; null when that is one of its turns, or is counted from the
    /// result.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="isSoftProblem">Whether <c>retry_interval</c> counts.</param>
    /// <param name="turn">The turn that the check before was made for.</param>
    /// <param name="next">When the next one is due.</param>
    public static TimeSpan? LeftTurn(CheckSettings settings, bool isSoftProblem, TimeSpan turn, TimeSpan next)
    {
        var interval = Interval(settings, isSoftProblem);
        var isCounted = (isSoftProblem && settings.RetryInterval > TimeSpan.Zero) || interval <= TimeSpan.Zero;
        return isCounted || (next - turn).Ticks % interval.Ticks == 0 ? null : turn;
    }

    /// <summary>What a state says of the next check: the interval that counts, the longest that may, and the ticks until it is due,
    /// negative when it is overdue.</summary>
    private static (TimeSpan Interval, TimeSpan Longest, long Delay) Left(
        CheckState state, CheckSettings settings, DateTimeOffset wall, TimeSpan clockAhead)
    {
        var interval = Interval(settings, state.IsSoft && state.State != 0);
        var due = state.NextCheckTicks != 0 ? state.NextCheckTicks
            : state.LastCheckTicks + Math.Max(interval.Ticks, Math.Min(state.ExecutionTicks, TimeSpan.TicksPerDay));
        var longest = settings.CheckInterval > interval ? settings.CheckInterval : interval;
        return (interval, longest, due - wall.UtcTicks - clockAhead.Ticks);
    }

    /// <summary>The first of the fewest equal steps from here to a turn, when the next turn is this far away.</summary>
    private static TimeSpan Step(TimeSpan left, TimeSpan interval)
    {
        var steps = Math.Max(1, Math.Ceiling(StepParts * ((interval - left) / interval)));
        return (left / steps) + (interval / steps * (steps - 1));
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
