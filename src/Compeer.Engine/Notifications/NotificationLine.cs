using System.Text;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Engine.Notifications;

/// <summary>What the log says of a notification, behind <c>HOST NOTIFICATION: </c> or <c>SERVICE NOTIFICATION: </c>, in Naemon's
/// format.</summary>
internal static class NotificationLine
{
    /// <summary>What stands in the place of the contact for a global handler.</summary>
    public const string Global = "GLOBAL";

    /// <summary><c>contact;host;DOWN;command;output</c>; of other types <c>contact;host;TYPE (DOWN);command;output;author;comment</c>.
    /// Services have their description behind the host.</summary>
    public static string Of(
        CheckableDefinition subject, CheckState state, PendingNotification notification, string contact, CommandCall call)
    {
        var name = ObjectName.Of(subject);
        var words = Encoding.ASCII.GetString(
            subject is HostDefinition ? StateNames.Host(notification.State) : StateNames.Service(notification.State));
        var output = state.Output;
        var text = ConfigurationText.Decode(output[..Math.Min(output.Length, EngineLimits.LoggedOutput / 2)]);
        var separator = name.Service is null ? "" : ";";
        return notification.Type == NotificationType.Normal
            ? $"{contact};{name.Host}{separator}{name.Service};{words};{call.Command.Name};{text}"
            : $"{contact};{name.Host}{separator}{name.Service};{NotificationWords.Of(notification.Type, notification.State)} ({words});"
                + $"{call.Command.Name};{text};{notification.Author};{notification.Comment}";
    }
}
