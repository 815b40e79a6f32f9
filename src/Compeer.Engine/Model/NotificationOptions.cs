namespace Compeer.Engine.Model;

/// <summary>How an operator wants a notification sent (the options of <c>SEND_CUSTOM_HOST_NOTIFICATION</c>, numbered as in
/// Naemon).</summary>
[Flags]
public enum NotificationOptions
{
    /// <summary>Like any other.</summary>
    None = 0,

    /// <summary>To all contacts: those of the object and those of all its escalations.</summary>
    Broadcast = 1,

    /// <summary>Whatever stands against it.</summary>
    Forced = 2,

    /// <summary>It counts: the number of the notification rises.</summary>
    Increment = 4,
}
