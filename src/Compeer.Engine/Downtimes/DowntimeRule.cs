using Compeer.Engine.Model;

namespace Compeer.Engine.Downtimes;

/// <summary>When a downtime begins and ends, by Naemon's <c>register_downtime</c>, <c>handle_scheduled_downtime</c> and
/// <c>check_pending_flex_host_downtime</c>.</summary>
internal static class DowntimeRule
{
    /// <summary>When it ends: a fixed one at its end; a flexible one a duration after it began, also one that another triggered
    /// (in Naemon such a one has no beginning to count from).</summary>
    public static long EndOf(Downtime downtime) => downtime.IsFixed
        ? downtime.EndTicks
        : Math.Min(downtime.StartedTicks, DateTimeOffset.MaxValue.UtcTicks - downtime.DurationTicks) + downtime.DurationTicks;

    /// <summary>When something is to be done about it by the clock alone; UTC ticks, null for never.</summary>
    public static long? NextLook(Downtime downtime) => downtime.Phase switch
    {
        // What another or a problem starts may come to nothing; Naemon waits a second longer for that.
        DowntimePhase.Pending => StartsByClock(downtime) ? downtime.StartTicks : downtime.EndTicks + TimeSpan.TicksPerSecond,
        DowntimePhase.InEffect => EndOf(downtime),
        _ => null,
    };

    /// <summary>Whether it begins at its start, with nothing else to wait for.</summary>
    public static bool StartsByClock(Downtime downtime) => downtime.IsFixed && downtime.Trigger is null;

    /// <summary>Whether a problem that begins now starts it.</summary>
    public static bool StartsByProblem(Downtime downtime, DateTimeOffset wall) => downtime is
    { IsFixed: false, Trigger: null, Phase: DowntimePhase.Pending }
        && downtime.StartTicks <= wall.UtcTicks && wall.UtcTicks <= downtime.EndTicks;

    /// <summary>Whether a state is a problem that starts flexible downtimes: a change of a host's, soft ones too; a change of a
    /// service's when its attempts are used up.</summary>
    /// <param name="settings">What holds for the object.</param>
    /// <param name="after">The state that it made.</param>
    /// <param name="isEvent">Whether the state changed.</param>
    /// <param name="isHardChange">Whether the hard state changed.</param>
    public static bool IsProblem(in EffectiveSettings settings, CheckState after, bool isEvent, bool isHardChange) =>
        after.State != 0
        && (settings.IsHost ? isEvent : after.Attempt >= settings.Checking.MaxCheckAttempts && (isEvent || isHardChange));
}
