namespace Compeer.Engine.Model;

/// <summary>Notifications in words: for the log, for macros, for people.</summary>
public static class NotificationWords
{
    /// <summary>The value of <c>$NOTIFICATIONTYPE$</c>.</summary>
    public static string Of(NotificationType type, byte state) => type switch
    {
        NotificationType.Normal => state == 0 ? "RECOVERY" : "PROBLEM",
        NotificationType.Acknowledgement => "ACKNOWLEDGEMENT",
        NotificationType.FlappingStart => "FLAPPINGSTART",
        NotificationType.FlappingStop => "FLAPPINGSTOP",
        NotificationType.FlappingDisabled => "FLAPPINGDISABLED",
        NotificationType.DowntimeStart => "DOWNTIMESTART",
        NotificationType.DowntimeEnd => "DOWNTIMEEND",
        NotificationType.DowntimeCancelled => "DOWNTIMECANCELLED",
        NotificationType.Custom => "CUSTOM",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such type"),
    };

    /// <summary>What was decided, in a sentence.</summary>
    public static string Of(NotificationReason reason) => reason switch
    {
        NotificationReason.None => "There was nothing to tell.",
        NotificationReason.Sent => "A notification was sent.",
        NotificationReason.Disabled => "Notifications are off for all objects.",
        NotificationReason.OutsidePeriod => "It is outside of the notification period.",
        NotificationReason.ObjectDisabled => "Notifications are off for it.",
        NotificationReason.CustomInDowntime => "No custom notification is sent during a downtime.",
        NotificationReason.NoProblem => "There is no problem that could be acknowledged.",
        NotificationReason.NoFlapping => "Flapping is not among the notification options.",
        NotificationReason.FlappingInDowntime => "News of flapping are not sent during a downtime.",
        NotificationReason.NoDowntime => "Downtimes are not among the notification options.",
        NotificationReason.DowntimeInDowntime => "News of a downtime are not sent during another one.",
        NotificationReason.BadParents => "All parents of the service have a problem.",
        NotificationReason.SoftState => "The state is soft.",
        NotificationReason.Acknowledged => "The problem is acknowledged.",
        NotificationReason.DependencyFailure => "Something that it depends on fails.",
        NotificationReason.StateDisabled => "The state is not among the notification options.",
        NotificationReason.UnnotifiedProblem => "Nobody was told of the problem that is over.",
        NotificationReason.FirstDelay => "The problem has not lasted for first_notification_delay.",
        NotificationReason.Flapping => "It is flapping.",
        NotificationReason.NoMore => "One notification of this problem was to be sent, and was.",
        NotificationReason.HostNotUp => "The host of the service is not UP.",
        NotificationReason.NotYet => "The time to the next notification of this problem is not over.",
        NotificationReason.InDowntime => "It is in a scheduled downtime.",
        NotificationReason.HostInDowntime => "The host of the service is in a scheduled downtime.",
        NotificationReason.NoContacts => "There was no contact to tell.",
        NotificationReason.TooUnimportant => "It does not matter enough to the contact.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "no such reason"),
    };
}
