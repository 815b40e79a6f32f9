using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Engine.Notifications;

/// <summary>Whether a notification is to be sent, as far as its object decides it: pure, in the order of Naemon's
/// <c>check_host_notification_viability</c> and <c>check_service_notification_viability</c>.</summary>
internal static class NotificationFilter
{
    /// <summary>Why it is not sent; null when nothing stands against it.</summary>
    public static NotificationReason? Decide(in NotificationFacts facts)
    {
        if (facts.Request.IsForced)
        {
            return null;
        }

        if (!facts.Settings.Program.Notifications)
        {
            return NotificationReason.Disabled;
        }

        if (!facts.IsInPeriod)
        {
            return NotificationReason.OutsidePeriod;
        }

        if (!facts.Settings.Notifying.Enabled)
        {
            return NotificationReason.ObjectDisabled;
        }

        return facts.Request.Type switch
        {
            NotificationType.Normal => Normal(facts),
            NotificationType.Custom => IsAnyInDowntime(facts) ? NotificationReason.CustomInDowntime : null,
            NotificationType.Acknowledgement => facts.State.State == 0 ? NotificationReason.NoProblem : null,
            NotificationType.FlappingStart or NotificationType.FlappingStop or NotificationType.FlappingDisabled => Flapping(facts),
            _ => Downtime(facts),
        };
    }

    private static bool IsAnyInDowntime(in NotificationFacts facts) => facts.IsInDowntime || facts.IsHostInDowntime;

    private static NotificationReason? Flapping(in NotificationFacts facts) =>
        !Options(facts).HasFlag(StateOptions.Flapping) ? NotificationReason.NoFlapping
        : IsAnyInDowntime(facts) ? NotificationReason.FlappingInDowntime
        : null;

    /// <summary>A downtime of the host does not stand against news of the service's.</summary>
    private static NotificationReason? Downtime(in NotificationFacts facts) =>
        !Options(facts).HasFlag(StateOptions.Downtime) ? NotificationReason.NoDowntime
        : facts.IsInDowntime ? NotificationReason.DowntimeInDowntime
        : null;

    private static NotificationReason? Normal(in NotificationFacts facts)
    {
        var isProblem = facts.State.State != HostState.Up;
        if (isProblem && facts.DoParentsFail)
        {
            return NotificationReason.BadParents;
        }

        if (facts.State.IsSoft)
        {
            return NotificationReason.SoftState;
        }

        if (facts.IsAcknowledged)
        {
            return NotificationReason.Acknowledged;
        }

        if (facts.IsHeldBack)
        {
            return NotificationReason.DependencyFailure;
        }

        if (!Options(facts).HasFlag(StateOption.Of(facts.Settings.IsHost, facts.State.State)))
        {
            return NotificationReason.StateDisabled;
        }

        if (!isProblem && facts.Told.NotifiedOn == StateOptions.None)
        {
            return NotificationReason.UnnotifiedProblem;
        }

        if (isProblem && IsInFirstDelay(facts))
        {
            return NotificationReason.FirstDelay;
        }

        if (facts.IsFlapping)
        {
            return NotificationReason.Flapping;
        }

        return !isProblem ? null : facts.Settings.IsHost ? HostProblem(facts) : ServiceProblem(facts);
    }

    private static NotificationReason? HostProblem(in NotificationFacts facts) =>
        facts.IsInDowntime ? NotificationReason.InDowntime
        : facts.Told.NoMore ? NotificationReason.NoMore
        : IsTooEarly(facts) ? NotificationReason.NotYet
        : null;

    private static NotificationReason? ServiceProblem(in NotificationFacts facts) =>
        facts.Told.NoMore ? NotificationReason.NoMore
        : !facts.IsHostUp ? NotificationReason.HostNotUp
        : IsTooEarly(facts) && !facts.Settings.Checking.IsVolatile ? NotificationReason.NotYet
        : facts.IsInDowntime ? NotificationReason.InDowntime
        : facts.IsHostInDowntime ? NotificationReason.HostInDowntime
        : null;

    /// <summary>Since the problem became hard, or, when that is not known, since this program started.</summary>
    private static bool IsInFirstDelay(in NotificationFacts facts)
    {
        var delay = facts.Settings.Notifying.FirstDelay;
        var since = facts.State.LastHardStateChangeTicks;
        return facts.Told.Number == 0 && delay > TimeSpan.Zero
            && Seconds(facts.Wall.UtcTicks) < Seconds((since > 0 ? since : facts.Started.UtcTicks) + delay.Ticks);
    }

    /// <summary>Whole seconds, as Naemon counts: a check that comes some milliseconds before the minute is over counts. A last
    /// notification that lies ahead was sent by another clock, and says nothing about how long to wait.</summary>
    private static bool IsTooEarly(in NotificationFacts facts) =>
        Seconds(facts.Wall.UtcTicks) < Seconds(facts.Told.NextTicks) && Seconds(facts.Told.LastTicks) <= Seconds(facts.Wall.UtcTicks);

    private static StateOptions Options(in NotificationFacts facts) => facts.Settings.Notifying.Options;

    private static long Seconds(long ticks) => ticks / TimeSpan.TicksPerSecond;
}
