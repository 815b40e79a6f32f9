using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Engine.Notifications;

/// <summary>One command of one notification of one object, by names: a reload does not change them.</summary>
/// <param name="Object">The host or service.</param>
/// <param name="Number">The ticket of the notification.</param>
/// <param name="Delivery">Which of its commands.</param>
internal readonly record struct NotificationTicket(ObjectName Object, long Number, NotificationDelivery Delivery)
{
    /// <summary>That of a command which ended.</summary>
    public static NotificationTicket Of(CommandToRun run) =>
        new(new ObjectName(run.Host, run.Service), run.Ticket, new NotificationDelivery(run.Contact, run.Part));
}
