using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.Notifications;

/// <summary>Whether a contact is told, as far as the contact decides it: pure, in the order of Naemon's
/// <c>check_contact_host_notification_viability</c> and <c>check_contact_service_notification_viability</c>.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="isHost">Whether it is about a host.</param>
/// <param name="state">The state of the object.</param>
/// <param name="notifiedOn">The states of the problem that were told of.</param>
/// <param name="value">What the object is worth (<c>hourly_value</c>); of a host the more of that with and without its services.</param>
internal readonly struct ContactFilter(
    NotificationRequest request, bool isHost, byte state, StateOptions notifiedOn, long value)
{
    /// <summary>Why the contact is not told; null when nothing stands against it.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="settings">How and when it is notified.</param>
    /// <param name="isInPeriod">Whether now is in its period.</param>
    public NotificationReason? Decide(ContactDefinition contact, ContactNotificationSettings settings, bool isInPeriod)
    {
        if (request.IsForced)
        {
            return null;
        }

        var isUnimportant = contact.MinimumValue > value;
        return (isHost, isUnimportant, settings.Enabled) switch
        {
            (false, true, _) => NotificationReason.TooUnimportant,
            (_, _, false) => NotificationReason.ObjectDisabled,
            (true, true, _) => NotificationReason.TooUnimportant,
            _ when !isInPeriod => NotificationReason.OutsidePeriod,
            _ => ByType(settings.Options),
        };
    }

    private NotificationReason? ByType(StateOptions options) => request.Type switch
    {
        NotificationType.Custom => null,
        NotificationType.FlappingStart or NotificationType.FlappingStop or NotificationType.FlappingDisabled =>
            options.HasFlag(StateOptions.Flapping) ? null : NotificationReason.NoFlapping,
        NotificationType.DowntimeStart or NotificationType.DowntimeEnd or NotificationType.DowntimeCancelled =>
            options.HasFlag(StateOptions.Downtime) ? null : NotificationReason.NoDowntime,
        _ => ByState(options),
    };

    /// <summary>Of the end of a service's problem only those are told who are told of a state that it was told in.</summary>
    private NotificationReason? ByState(StateOptions options)
    {
        if (!options.HasFlag(StateOption.Of(isHost, state)))
        {
            return NotificationReason.StateDisabled;
        }

        var told = isHost ? notifiedOn : notifiedOn & options;
        return state == 0 && told == StateOptions.None ? NotificationReason.UnnotifiedProblem : null;
    }
}
