namespace Compeer.Configuration.Objects.Definitions;

/// <summary>
/// The check settings of a host or service. Objects with equal settings share one instance, because most come from
/// the same few templates.
/// </summary>
public sealed record CheckSettings
{
    /// <summary>Time between checks in a hard or OK state (<c>check_interval</c> times <c>interval_length</c>);
    /// zero means no scheduled checks.</summary>
    public required TimeSpan CheckInterval { get; init; }

    /// <summary>Time between checks in a soft problem state (<c>retry_interval</c>); zero falls back to the check
    /// interval.</summary>
    public required TimeSpan RetryInterval { get; init; }

    /// <summary>Results in a row that make a problem hard; at least 1.</summary>
    public required int MaxCheckAttempts { get; init; }

    /// <summary>How long a check may run; more than zero.</summary>
    public required TimeSpan CheckTimeout { get; init; }

    /// <summary>When checks may run; null means always.</summary>
    public required TimePeriodDefinition? CheckPeriod { get; init; }

    /// <summary>Whether the object is checked by schedule.</summary>
    public required bool ActiveChecksEnabled { get; init; }

    /// <summary>Whether results from outside are taken.</summary>
    public required bool PassiveChecksEnabled { get; init; }

    /// <summary>Whether every non-OK result counts as a new hard problem (services; Naemon <c>is_volatile</c>).</summary>
    public required bool IsVolatile { get; init; }

    /// <summary>State before the first check: services 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN; hosts 0 UP, 1 DOWN,
    /// 2 UNREACHABLE.</summary>
    public required byte InitialState { get; init; }
}
