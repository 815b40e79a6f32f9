using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Macros;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Notifications;

/// <summary>The commands that send notifications, and what their macros are about.</summary>
internal static class NotificationCommands
{
    /// <summary>The command of a delivery; null when this configuration does not have it.</summary>
    public static CommandCall? Find(EngineSite site, CheckableDefinition subject, NotificationDelivery delivery)
    {
        if (delivery.Contact.Length == 0)
        {
            return Global(site, subject);
        }

        return Contact(site, delivery.Contact) is { } contact && Of(contact, subject) is var commands && delivery.Part < commands.Length
            ? commands[delivery.Part]
            : null;
    }

    /// <summary>The contact of this name; null when there is none.</summary>
    public static ContactDefinition? Contact(EngineSite site, string name) =>
        name.Length == 0 ? null : NameSearch.Find(site.Objects.Contacts, name, static contact => contact.Name);

    /// <summary>The commands that tell a contact of an object.</summary>
    public static ImmutableArray<CommandCall> Of(ContactDefinition contact, CheckableDefinition subject) =>
        (subject is HostDefinition ? contact.HostNotifications : contact.ServiceNotifications).Commands;

    /// <summary>The command of <c>global_host_notification_handler</c> or <c>global_service_notification_handler</c>; null when there is
    /// none.</summary>
    public static CommandCall? Global(EngineSite site, CheckableDefinition subject)
    {
        var variable = subject is HostDefinition ? "global_host_notification_handler" : "global_service_notification_handler";
        foreach (var command in site.Main.Commands)
        {
            if (command.Variable == variable)
            {
                return ChangedSettings.Call(site.Objects, command.Call);
            }
        }

        return null;
    }

    /// <summary>What the macros of a delivery are about.</summary>
    public static NotificationScope Scope(
        EngineSite site, PendingNotification notification, ContactDefinition? contact) => new()
        {
            Contact = contact,
            Type = NotificationWords.Of(notification.Type, notification.State),
            Number = notification.Number,
            Ticket = notification.Ticket,
            Recipients = notification.Recipients,
            IsEscalated = notification.IsEscalated,
            Author = notification.Author,
            AuthorContact = notification.Author is { } author ? ByNameOrAlias(site, author) : null,
            Comment = notification.Comment,
            IsAcknowledgement = notification.Type == NotificationType.Acknowledgement,
        };

    private static ContactDefinition? ByNameOrAlias(EngineSite site, string author) =>
        Contact(site, author) ?? site.Objects.Contacts.FirstOrDefault(found => found.Alias == author);
}
