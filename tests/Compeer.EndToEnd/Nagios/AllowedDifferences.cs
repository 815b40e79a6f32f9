namespace Compeer.EndToEnd.Nagios;

/// <summary>
/// Where the alerts of Nagios 4.4 and Naemon differ by their rules, for one object, result by result. Naemon's, which hold
/// here, are those of its <c>checks_service.c</c> and <c>checks_host.c</c>. Everything else must be the same.
/// </summary>
internal sealed class AllowedDifferences(ComparedObject subject)
{
    private Alert? _last;
    private bool _isHostsProblem;
    private bool _wasHostDownSince;

    /// <summary>How many were allowed.</summary>
    public int Count { get; private set; }

    /// <summary>Whether what the two tell of the next result is the same, or differs by a rule.</summary>
    /// <param name="code">The result.</param>
    /// <param name="isHostUp">Of a service: whether its host is UP.</param>
    /// <param name="nagios">What Nagios tells; null for nothing.</param>
    /// <param name="ours">What is told here; null for nothing.</param>
    public bool Accept(int code, bool isHostUp, Alert? nagios, Alert? ours)
    {
        var isProblem = !subject.IsHost && code != 0;
        _isHostsProblem |= isProblem && !isHostUp;
        var accepted = IsSame(nagios, ours);
        if (!accepted)
        {
            accepted = subject.IsHost ? IsHostRecovery(nagios, ours)
                : _isHostsProblem && (isHostUp || !isProblem ? IsRetryAfterHost(code, nagios, ours) : IsHardByHost(nagios, ours));
            Count += accepted ? 1 : 0;
        }

        _isHostsProblem &= isProblem;
        _wasHostDownSince = ours is null && (_wasHostDownSince || !isHostUp);
        _last = ours ?? _last;
        return accepted;
    }

    private static bool IsSame(Alert? one, Alert? other) => one?.ToString() == other?.ToString();

    /// <summary>
    /// A host found UP in a soft problem. Naemon counts this check too, and takes the recovery for hard when it was the last
    /// attempt; Nagios is back at attempt 1 and takes it for soft.
    /// </summary>
    private bool IsHostRecovery(Alert? nagios, Alert? ours)
    {
        if (_last is not { IsHard: false, State: not "UP" } before || nagios?.ToString() != "UP;SOFT;1")
        {
            return false;
        }

        var attempt = before.Attempt + 1;
        return ours is { State: "UP" } && ours.Attempt == attempt && ours.IsHard == (attempt == subject.MaxAttempts);
    }

    /// <summary>A service's problem while its host is not UP: hard at once in both, but Naemon leaves the attempt where it is, while
    /// Nagios takes all for used up.</summary>
    private bool IsHardByHost(Alert? nagios, Alert? ours)
    {
        // Naemon tells the problem of a volatile service again when its attempts are used up, Nagios whenever it is hard.
        var told = ours ?? (subject.IsVolatile ? _last : null);
        return told is { IsHard: true } && told.Attempt < subject.MaxAttempts
            && nagios is { IsHard: true } && nagios.State == told.State
            && (ours is null || nagios.Attempt == subject.MaxAttempts);
    }

    /// <summary>
    /// The service after its host came back, until it is OK. Naemon takes the problem up again as a soft one when attempts are left,
    /// from the attempt where it stood, or from the first one when it was soft; in Nagios it stays hard. How it ends shows
    /// it once more.
    /// </summary>
    private bool IsRetryAfterHost(int code, Alert? nagios, Alert? ours)
    {
        if (code == 0)
        {
            return ours is { State: "OK" } && nagios is { State: "OK" };
        }

        // Nagios tells of a change only, Naemon of each attempt.
        var isTold = nagios is null || nagios.State == ours?.State;
        var attempt = _last is null ? 1 : _last.IsHard ? _last.Attempt : _wasHostDownSince ? 1 : _last.Attempt + 1;
        return isTold && ours is not null && ours.Attempt == attempt && ours.IsHard == (attempt == subject.MaxAttempts);
    }
}
