using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Engine.StatusData;

/// <summary>The block of a contact: <c>contactstatus</c> of status.dat, <c>contact</c> of retention.dat, which has a switch only when it is
/// not as the configuration has it.</summary>
internal static class ContactBlock
{
    /// <summary>Writes it.</summary>
    public static void Write(DataLines lines, EngineSnapshot snapshot, ContactDefinition contact, bool isStatus)
    {
        var changed = snapshot.ChangedContacts.GetValueOrDefault(contact.Name);
        var settings = changed?.Settings ?? ContactSettings.None;
        var hosts = changed?.HostNotifications ?? contact.HostNotifications;
        var services = changed?.ServiceNotifications ?? contact.ServiceNotifications;
        lines.Begin(isStatus ? "contactstatus"u8 : "contact"u8);
        lines.Text("contact_name"u8, contact.Name);
        lines.Number("modified_attributes"u8, Bits(settings, ModifiedAttributes.OfContact));
        lines.Number("modified_host_attributes"u8, Bits(settings, ModifiedAttributes.OfContactForHosts));
        lines.Number("modified_service_attributes"u8, Bits(settings, ModifiedAttributes.OfContactForServices));
        lines.Text("host_notification_period"u8, hosts.Period?.Name);
        lines.Text("service_notification_period"u8, services.Period?.Name);
        lines.Number("last_host_notification"u8, 0);
        lines.Number("last_service_notification"u8, 0);
        if (isStatus)
        {
            lines.Flag("host_notifications_enabled"u8, hosts.Enabled);
            lines.Flag("service_notifications_enabled"u8, services.Enabled);
        }
        else
        {
            lines.ChangedFlag("host_notifications_enabled"u8, contact.HostNotifications.Enabled, hosts.Enabled);
            lines.ChangedFlag("service_notifications_enabled"u8, contact.ServiceNotifications.Enabled, services.Enabled);
        }

        lines.Variables(
            changed?.CustomVariables ?? contact.CustomVariables, setting => settings[(ContactSetting)setting] is not null);
        lines.End();
    }

    private static uint Bits(ContactSettings settings, Func<ContactSetting, uint> bitOf) =>
        settings.Values.Keys.Aggregate(0u, (bits, setting) => bits | bitOf(setting));
}
