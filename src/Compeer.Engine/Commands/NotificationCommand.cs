using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Notifications;
using Compeer.Engine.Site;

namespace Compeer.Engine.Commands;

/// <summary>Commands about notifications that are done once, by the owner of the object.</summary>
internal sealed class NotificationCommand(EngineState engine, Notifier notifier)
{
    /// <summary>What a command asks the owner for; null when it is no command about notifications.</summary>
    public static ObjectRequest? RequestOf(ParsedCommand command, out string? failure)
    {
        failure = null;
        switch (command.Name)
        {
            case "SEND_CUSTOM_HOST_NOTIFICATION" or "SEND_CUSTOM_SVC_NOTIFICATION":
                const NotificationOptions All = NotificationOptions.Broadcast | NotificationOptions.Forced | NotificationOptions.Increment;
                return new ObjectRequest.Notify((NotificationOptions)command.Number(1) & All, command.Text(2), command.Text(3));
            case "DELAY_HOST_NOTIFICATION" or "DELAY_SVC_NOTIFICATION":
                var seconds = Math.Clamp(command.Number(1), 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds());
                return new ObjectRequest.DelayNotification(DateTimeOffset.FromUnixTimeSeconds(seconds));
            case "SET_HOST_NOTIFICATION_NUMBER" or "SET_SVC_NOTIFICATION_NUMBER":
                failure = command.Number(1) is < 0 or > int.MaxValue ? "the number of notifications begins at 0" : null;
                return failure is null ? new ObjectRequest.SetNotificationNumber((int)command.Number(1)) : null;
            default:
                return null;
        }
    }

    /// <summary>Does what is asked for, of an object that this node owns. False when it is no request about notifications.</summary>
    public bool Obey(EngineTime now, CheckableId id, ObjectRequest request, Transition transition)
    {
        var told = engine.Site.Told[id];
        switch (request)
        {
            case ObjectRequest.Notify notify:
                notifier.Ask(
                    now, id, new NotificationRequest(NotificationType.Custom, notify.Options, notify.Author, notify.Comment), transition);
                return true;
            case ObjectRequest.DelayNotification delay:
                notifier.Note(now, id, told with { NextTicks = delay.Until.UtcTicks }, transition);
                return true;
            case ObjectRequest.SetNotificationNumber set:
                notifier.Note(now, id, told with { Number = set.Number }, transition);
                return true;
            default:
                return false;
        }
    }
}
