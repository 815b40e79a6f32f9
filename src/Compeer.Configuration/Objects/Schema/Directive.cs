namespace Compeer.Configuration.Objects.Schema;

/// <summary>Every directive of every object type; directives that mean the same in several types share an entry.</summary>
internal enum Directive : ushort
{
    Use, Name, Register,
    CustomVariable, CustomValue, ImportantCheckCommand, DateException,

    TimePeriodName, CommandName, ContactName, ContactGroupName, HostName, HostGroupName, ServiceGroupName, ServiceDescription,
    Alias, DisplayName, Address,
    Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Exclude,
    CommandLine,
    Members, GroupMembers,
    ContactGroups, Contacts, HostGroups, ServiceGroups, Parents,
    Email, Pager, Address1, Address2, Address3, Address4, Address5, Address6,
    HostNotificationPeriod, HostNotificationCommands, HostNotificationOptions, HostNotificationsEnabled,
    ServiceNotificationPeriod, ServiceNotificationCommands, ServiceNotificationOptions, ServiceNotificationsEnabled,
    CanSubmitCommands, MinimumValue,
    CheckCommand, CheckPeriod, CheckTimeout, CheckInterval, RetryInterval, MaxCheckAttempts, InitialState,
    ActiveChecksEnabled, PassiveChecksEnabled, IsVolatile,
    EventHandler, EventHandlerEnabled, CheckFreshness, FreshnessThreshold,
    LowFlapThreshold, HighFlapThreshold, FlapDetectionEnabled, FlapDetectionOptions,
    NotificationPeriod, NotificationOptions, NotificationsEnabled, NotificationInterval, FirstNotificationDelay,
    StalkingOptions, ProcessPerfData, Obsess, RetainStatusInformation, RetainNonStatusInformation, HourlyValue,
    Notes, NotesUrl, ActionUrl, IconImage, IconImageAlt, VrmlImage, StatusMapImage, Coordinates2D, Coordinates3D,
    DependentHostName, DependentHostGroupName, DependentServiceGroupName, DependentServiceDescription,
    DependencyPeriod, InheritsParent, ExecutionFailureOptions, NotificationFailureOptions,
    EscalationPeriod, FirstNotification, LastNotification, EscalationOptions,
    Obsolete, Ignored,

    /// <summary>How many there are; not a directive.</summary>
    Count,
}
