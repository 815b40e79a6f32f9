namespace Compeer.Engine.Model;

/// <summary>What was decided about a notification: that it is sent, or the one reason for which it is not, in the order in which Naemon
/// looks at them (<c>NotificationSuppressionReason</c>). Numbers are stable: they are stored and sent.</summary>
public enum NotificationReason
{
    /// <summary>There was nothing to tell yet.</summary>
    None = 0,

    /// <summary>It was sent.</summary>
    Sent = 1,

    /// <summary>Notifications are off for all (<c>enable_notifications</c>).</summary>
    Disabled = 2,

    /// <summary>It is outside of the <c>notification_period</c> of the object or the contact.</summary>
    OutsidePeriod = 3,

    /// <summary>Notifications are off for the object or the contact.</summary>
    ObjectDisabled = 4,

    /// <summary>A custom notification during a downtime.</summary>
    CustomInDowntime = 5,

    /// <summary>An acknowledgement of what is no problem.</summary>
    NoProblem = 6,

    /// <summary>Flapping is not among the <c>notification_options</c>.</summary>
    NoFlapping = 7,

    /// <summary>News of flapping during a downtime.</summary>
    FlappingInDowntime = 8,

    /// <summary>Downtimes are not among the <c>notification_options</c>.</summary>
    NoDowntime = 9,

    /// <summary>News of a downtime during another one.</summary>
    DowntimeInDowntime = 10,

    /// <summary>All parents of the service have a problem.</summary>
    BadParents = 11,

    /// <summary>The state is soft.</summary>
    SoftState = 12,

    /// <summary>The problem is acknowledged.</summary>
    Acknowledged = 13,

    /// <summary>Something that it depends on fails.</summary>
    DependencyFailure = 14,

    /// <summary>The state is not among the <c>notification_options</c>.</summary>
    StateDisabled = 15,

    /// <summary>It is the end of a problem that nobody was told of.</summary>
    UnnotifiedProblem = 16,

    /// <summary>The problem has not lasted for <c>first_notification_delay</c>.</summary>
    FirstDelay = 17,

    /// <summary>The object flaps.</summary>
    Flapping = 18,

    /// <summary>One notification was to be sent, and was (<c>notification_interval 0</c>).</summary>
    NoMore = 19,

    /// <summary>The host of the service is not UP.</summary>
    HostNotUp = 20,

    /// <summary><c>notification_interval</c> is not over, or an operator delayed it.</summary>
    NotYet = 21,

    /// <summary>The object is in a downtime.</summary>
    InDowntime = 22,

    /// <summary>The host of the service is in a downtime.</summary>
    HostInDowntime = 23,

    /// <summary>There is no contact for it: none is named, or each had a reason of its own.</summary>
    NoContacts = 24,

    /// <summary>The object does not matter enough to the contact (<c>minimum_value</c>).</summary>
    TooUnimportant = 25,
}
