using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Livestatus.Columns;

namespace Compeer.Livestatus.Tables;

/// <summary>The columns of contacts, their groups, and commands.</summary>
internal static class ContactColumns
{
    private const int Addresses = 6;

    /// <summary>Those of a contact.</summary>
    public static ColumnSet<ContactDefinition> All { get; } = WithAddresses(new ColumnSet<ContactDefinition>()
        .Int("id", "Its place among the contacts", (contact, scope) => scope.Snapshot.Objects.Contacts.IndexOf(contact))
        .Text("name", "Its name", (contact, _) => contact.Name)
        .Text("alias", "Its full name", (contact, _) => contact.Alias)
        .Text("email", "Its mail address", (contact, _) => contact.Email)
        .Text("pager", "Its pager", (contact, _) => contact.Pager)
        .Text("host_notification_period", "When it is notified about hosts", (contact, scope) =>
            scope.NotificationsOf(contact, isHost: true).Period?.Name)
        .Text("service_notification_period", "When it is notified about services", (contact, scope) =>
            scope.NotificationsOf(contact, isHost: false).Period?.Name)
        .Flag("in_host_notification_period", "Whether that is now", (contact, scope) =>
            scope.Periods.Contains(scope.NotificationsOf(contact, isHost: true).Period))
        .Flag("in_service_notification_period", "Whether that is now", (contact, scope) =>
            scope.Periods.Contains(scope.NotificationsOf(contact, isHost: false).Period))
        .Flag("can_submit_commands", "Whether it may give commands", (contact, _) => contact.CanSubmitCommands)
        .Flag("host_notifications_enabled", "Whether it is notified about hosts", (contact, scope) =>
            scope.NotificationsOf(contact, isHost: true).Enabled)
        .Flag("service_notifications_enabled", "Whether it is notified about services", (contact, scope) =>
            scope.NotificationsOf(contact, isHost: false).Enabled)
        .Names("host_notification_commands", "What notifies it about hosts", (contact, _) =>
            contact.HostNotifications.Commands.Select(call => call.Command.Name))
        .Names("service_notification_commands", "What notifies it about services", (contact, _) =>
            contact.ServiceNotifications.Commands.Select(call => call.Command.Name))
        .Names("groups", "Its contact groups", (contact, scope) => scope.Index.GroupsOf(contact).Select(group => group.Name))
        .CustomVariables((contact, scope) => scope.ChangedOf(contact)?.CustomVariables ?? contact.CustomVariables)
        .Attributes((contact, scope) => ModifiedAttributes.Of(scope.ChangedOf(contact)?.Settings ?? ContactSettings.None)));

    /// <summary>Those of a contact group.</summary>
    public static ColumnSet<ContactGroupDefinition> OfGroups { get; } = new ColumnSet<ContactGroupDefinition>()
        .Int("id", "Its place among the contact groups", (group, scope) => scope.Snapshot.Objects.ContactGroups.IndexOf(group))
        .Text("name", "Its name", (group, _) => group.Name)
        .Text("alias", "Its longer name", (group, _) => group.Alias)
        .Names("members", "Its contacts", (group, _) => group.Members.Select(contact => contact.Name));

    /// <summary>Those of a command.</summary>
    public static ColumnSet<CommandDefinition> OfCommands { get; } = new ColumnSet<CommandDefinition>()
        .Int("id", "Its place among the commands", (command, scope) => scope.Snapshot.Objects.Commands.IndexOf(command))
        .Text("name", "Its name", (command, _) => command.Name)
        .Text("line", "Its command line, macros as they are written", (command, _) => command.CommandLine);

    private static ColumnSet<ContactDefinition> WithAddresses(ColumnSet<ContactDefinition> columns)
    {
        for (var number = 0; number < Addresses; number++)
        {
            var place = number;
            columns.Text($"address{place + 1}", "A further address", (contact, _) =>
                place < contact.Addresses.Length ? contact.Addresses[place] : null);
        }

        return columns;
    }
}
