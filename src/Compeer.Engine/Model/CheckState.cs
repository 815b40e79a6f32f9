namespace Compeer.Engine.Model;

/// <summary>
/// The check state of a host or service: everything that its owner computes from results, and what the other peers
/// store as it is. Immutable, replaced whole, so that a reader always sees a consistent object.
/// </summary>
/// <remarks>Compact on purpose: value fields, times as UTC ticks, and one UTF-8 blob for all text.</remarks>
public sealed record CheckState
{
    /// <summary>The state before the first check.</summary>
    public static CheckState Pending(byte initialState) =>
        new() { State = initialState, LastState = initialState, LastHardState = initialState, Attempt = 1 };

    /// <summary>The same with all its times by another clock.</summary>
    /// <param name="ahead">How far the clock that they are by is ahead of the other one.</param>
    public CheckState ByClock(TimeSpan ahead)
    {
        long Of(long ticks) => ticks == 0 ? 0 : Math.Clamp(ticks - ahead.Ticks, 1, DateTimeOffset.MaxValue.UtcTicks);
        return ahead == TimeSpan.Zero ? this : this with
        {
            LastCheckTicks = Of(LastCheckTicks),
            NextCheckTicks = Of(NextCheckTicks),
            LastStateChangeTicks = Of(LastStateChangeTicks),
            LastHardStateChangeTicks = Of(LastHardStateChangeTicks),
            LastTimeState0Ticks = Of(LastTimeState0Ticks),
            LastTimeState1Ticks = Of(LastTimeState1Ticks),
            LastTimeState2Ticks = Of(LastTimeState2Ticks),
            LastTimeState3Ticks = Of(LastTimeState3Ticks),
            History = History == EventHistory.None ? EventHistory.None : History with
            {
                ProblemStartTicks = Of(History.ProblemStartTicks),
                ProblemEndTicks = Of(History.ProblemEndTicks),
                LastProblemStartTicks = Of(History.LastProblemStartTicks),
            },
        };
    }

    /// <summary>Services: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. Hosts: 0 UP, 1 DOWN, 2 UNREACHABLE.</summary>
    public required byte State { get; init; }

    /// <summary>The state at the check before.</summary>
    public required byte LastState { get; init; }

    /// <summary>The last hard state.</summary>
    public required byte LastHardState { get; init; }

    /// <summary>Current check attempt, from 1 to max_check_attempts.</summary>
    public required int Attempt { get; init; }

    /// <summary>Whether the state is soft: a problem (or the recovery from one) that is not confirmed yet.</summary>
    public bool IsSoft { get; init; }

    /// <summary>Services: the host was not UP when the last problem was seen, so that the problem became hard at once
    /// (Naemon <c>host_problem_at_last_check</c>). Never set for hosts.</summary>
    public bool HostProblemAtLastCheck { get; init; }

    /// <summary>Whether any result was ever taken.</summary>
    public bool HasBeenChecked { get; init; }

    /// <summary>When the last check started; UTC ticks, 0 never.</summary>
    public long LastCheckTicks { get; init; }

    /// <summary>When the next check is due; UTC ticks, 0 when none is scheduled.</summary>
    public long NextCheckTicks { get; init; }

    /// <summary>When <see cref="State"/> last changed; UTC ticks, 0 never.</summary>
    public long LastStateChangeTicks { get; init; }

    /// <summary>When the hard state last changed; UTC ticks, 0 never.</summary>
    public long LastHardStateChangeTicks { get; init; }

    /// <summary>When it was last seen to have been in state 0, 1, 2, 3 (services: OK, WARNING, CRITICAL, UNKNOWN; hosts:
    /// UP, DOWN, UNREACHABLE): the time of the check after that state was found (Naemon <c>last_time_ok</c> and so on);
    /// UTC ticks, 0 never.</summary>
    public long LastTimeState0Ticks { get; init; }

    /// <inheritdoc cref="LastTimeState0Ticks"/>
    public long LastTimeState1Ticks { get; init; }

    /// <inheritdoc cref="LastTimeState0Ticks"/>
    public long LastTimeState2Ticks { get; init; }

    /// <inheritdoc cref="LastTimeState0Ticks"/>
    public long LastTimeState3Ticks { get; init; }

    /// <summary>How late the last check started, in ticks.</summary>
    public long LatencyTicks { get; init; }

    /// <summary>How long the last check ran, in ticks.</summary>
    public long ExecutionTicks { get; init; }

    /// <summary>Its last states.</summary>
    public StateHistory StateHistory { get; init; }

    /// <summary>Whether it changes so often that it counts as flapping.</summary>
    public bool IsFlapping { get; init; }

    /// <summary>Whether the last result came from outside (Naemon <c>check_type</c>).</summary>
    public bool IsPassive { get; init; }

    /// <summary>Its events and problems.</summary>
    public EventHistory History { get; init; } = EventHistory.None;

    /// <summary>Output, long output and performance data one after the other: the bytes as the plugin wrote
    /// them, usually UTF-8.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>Length in <see cref="Text"/> of the first line of output.</summary>
    public int OutputLength { get; init; }

    /// <summary>Length in <see cref="Text"/> of the long output.</summary>
    public int LongOutputLength { get; init; }

    /// <summary>First line of the plugin's text.</summary>
    public ReadOnlySpan<byte> Output => Text.Span[..OutputLength];

    /// <summary>Further lines, joined by newlines.</summary>
    public ReadOnlySpan<byte> LongOutput => Text.Span.Slice(OutputLength, LongOutputLength);

    /// <summary>Performance data.</summary>
    public ReadOnlySpan<byte> PerformanceData => Text.Span[(OutputLength + LongOutputLength)..];
}
