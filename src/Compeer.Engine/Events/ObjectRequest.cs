using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>What the owner of an object is asked to do.</summary>
public abstract record ObjectRequest
{
    private ObjectRequest()
    {
    }

    /// <summary>Check it ahead of its time, by the rules of checks on demand.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Check(CheckRequestReason Reason) : ObjectRequest;

    /// <summary>Check it at a time, as an operator wishes.</summary>
    /// <param name="At">When; what is past is at once.</param>
    /// <param name="IsForced">Also when active checks are off or outside of the check period, and in the place of an earlier
    /// check.</param>
    public sealed record Schedule(DateTimeOffset At, bool IsForced) : ObjectRequest;

    /// <summary>Take a result that came from outside.</summary>
    /// <param name="Code">What it says: services 0 to 3, hosts 0 to 2.</param>
    /// <param name="Output">Its text with performance data in one line; long output behind it.</param>
    /// <param name="At">When the check was made.</param>
    public sealed record Result(int Code, ReadOnlyMemory<byte> Output, DateTimeOffset At) : ObjectRequest
    {
        /// <summary>Whether it counts as the result of a check, not as one from outside; a host's code is then a plugin's, 0 to
        /// 3.</summary>
        public bool IsActive { get; init; }

        /// <summary>How long the check ran; not negative.</summary>
        public TimeSpan Execution { get; init; }
    }

    /// <summary>Send a notification of an operator's own.</summary>
    /// <param name="Options">How.</param>
    /// <param name="Author">Who has something to say.</param>
    /// <param name="Comment">What.</param>
    public sealed record Notify(NotificationOptions Options, string Author, string Comment) : ObjectRequest;

    /// <summary>Send no further notification of the problem before a time.</summary>
    /// <param name="Until">When.</param>
    public sealed record DelayNotification(DateTimeOffset Until) : ObjectRequest;

    /// <summary>Count as if the problem was told of so often.</summary>
    /// <param name="Number">How often, from 0.</param>
    public sealed record SetNotificationNumber(int Number) : ObjectRequest;
}
