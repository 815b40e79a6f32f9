using Compeer.Engine.Model;

namespace Compeer.Engine.Notifications;

/// <summary>Something happened of which contacts may have to be told.</summary>
/// <param name="Type">What.</param>
/// <param name="Options">How an operator wants it.</param>
/// <param name="Author">Who is behind it; null for nobody.</param>
/// <param name="Comment">What they say; null for nothing.</param>
internal readonly record struct NotificationRequest(
    NotificationType Type, NotificationOptions Options = NotificationOptions.None, string? Author = null, string? Comment = null)
{
    /// <summary>A problem or its end.</summary>
    public static readonly NotificationRequest Normal = new(NotificationType.Normal);

    /// <summary>Whether nothing stands against it.</summary>
    public bool IsForced => Options.HasFlag(NotificationOptions.Forced);

    /// <summary>Whether it goes to all contacts.</summary>
    public bool IsBroadcast => Options.HasFlag(NotificationOptions.Broadcast);

    /// <summary>Whether the number rises with it.</summary>
    public bool Counts => Type == NotificationType.Normal || Options.HasFlag(NotificationOptions.Increment);
}
