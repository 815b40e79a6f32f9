using System.Collections.Immutable;

namespace Compeer.Cluster.Handover;

/// <summary>
/// One takeover: what one view made this node's own and it does not run yet, and how long it has waited for whom. Nothing of
/// it outlives it, but that a view which replaces another before the others have confirmed that one does not start the whole
/// wait anew.
/// </summary>
/// <param name="objects">What is to be taken, ascending.</param>
/// <param name="now">The time.</param>
/// <param name="timeout">How long to wait for the others' word.</param>
/// <param name="before">The takeover that this one replaces.</param>
internal sealed class Takeover(ImmutableArray<int> objects, TimeSpan now, TimeSpan timeout, Takeover? before)
{
    /// <summary>A membership that keeps changing may start the wait anew, but not for ever.</summary>
    private const int MostTimeouts = 3;

    private readonly TimeSpan _confirmationEnd = Earlier(now + timeout, EndOf(before, now, timeout));
    private readonly TimeSpan _patienceEnd = EndOf(before, now, timeout);
    private bool _isConfirmed;
    private TimeSpan? _unheardSince;
    private TimeSpan? _settledAt;

    /// <summary>What is still to be taken.</summary>
    public ImmutableArray<int> Objects { get; private set; } = objects;

    /// <summary>Whether only checks in flight elsewhere are waited for, if anything is.</summary>
    public bool IsSettled => _settledAt is not null;

    /// <summary>Whether the others' word was waited for in vain. Who has given it and moves on to a later view is not late.</summary>
    public bool IsWithoutWord { get; private set; }

    /// <summary>Whether the others have said that they gave up what is to be taken, or had their time to.</summary>
    /// <param name="now">The time.</param>
    /// <param name="confirmed">Whether they all have said so.</param>
    /// <param name="heard">Whether the results of all checks that they said have ended are here.</param>
    public bool MayTake(TimeSpan now, bool confirmed, bool heard)
    {
        if (!_isConfirmed)
        {
            _isConfirmed = confirmed || now >= _confirmationEnd;
            IsWithoutWord = !confirmed && _isConfirmed;
        }

        if (!_isConfirmed)
        {
            return false;
        }

        _unheardSince = heard ? null : _unheardSince ?? now;
        if (_unheardSince is { } since && now < HearingEnd(since))
        {
            return false;
        }

        _settledAt ??= now;
        return true;
    }

    /// <summary>When checks in flight elsewhere are not waited for any more.</summary>
    public TimeSpan RunningEnd(TimeSpan longestCheck) =>
        _settledAt is { } settled ? settled + longestCheck + timeout : TimeSpan.MaxValue;

    /// <summary>These are still waited for; the others have been taken.</summary>
    public void Keep(ImmutableArray<int> waiting) => Objects = waiting;

    /// <summary>When <see cref="MayTake"/> or <see cref="RunningEnd"/> says something else without another word from anybody.</summary>
    public TimeSpan NextWake(TimeSpan now, TimeSpan longestCheck) =>
        !_isConfirmed ? _confirmationEnd
        : _unheardSince is { } since && now < HearingEnd(since) ? HearingEnd(since)
        : RunningEnd(longestCheck);

    private static TimeSpan EndOf(Takeover? before, TimeSpan now, TimeSpan timeout) =>
        before is { IsSettled: false } ? before._patienceEnd : now + (MostTimeouts * timeout);

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>A report can overtake the results it speaks of at any time, also when everything else is settled.</summary>
    private TimeSpan HearingEnd(TimeSpan since) => IsSettled ? since + timeout : Earlier(since + timeout, _patienceEnd);
}
