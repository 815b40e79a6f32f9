using System.Collections;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Objects.Syntax;

namespace Compeer.Configuration.Objects.Building;

/// <summary>What <c>naemon -v</c> warns of when all objects are known: nobody to notify, periods and options that make no
/// sense. Each definition is named once, however many hosts it is for; one in which errors were found, as
/// <c>errorsBefore</c> tells, is left alone.</summary>
internal sealed class NotificationChecks(CompilationContext context)
{
    // A bit for each object, since all of a million may lack the same.
    private readonly Dictionary<string, BitArray> _said = [];

    public void CheckService(RawId raw, in ServiceShape service, int errorsBefore)
    {
        if (IsFaulty(raw, errorsBefore))
        {
            return;
        }

        if (service.Contacts.IsEmpty && service.ContactGroups.IsEmpty)
        {
            Warn(raw, "has neither contacts nor contact_groups, so nobody is notified");
        }

        if (service.Checking.CheckPeriod is null)
        {
            Warn(raw, "has no check_period; it is checked at any time");
        }

        if (service.Notifying.Period is null)
        {
            Warn(raw, "has no notification_period; notifications are sent at any time");
        }

        if (service.Notifying.Options == StateOptions.Ok)
        {
            Warn(raw, "has recoveries alone in notification_options; add w, u or c, or no recovery is ever notified");
        }

        if (service.Notifying.Interval != TimeSpan.Zero && service.Notifying.Interval < service.Checking.CheckInterval)
        {
            Warn(raw, "has a notification_interval shorter than its check_interval; notifications follow checks, so the "
                + "check_interval counts");
        }
    }

    public void CheckHost(RawId raw, HostDefinition host, int errorsBefore)
    {
        if (IsFaulty(raw, errorsBefore))
        {
            return;
        }

        if (host.CheckCommand is null)
        {
            Warn(raw, "has no check_command; it is taken to be UP");
        }

        if (host.Contacts.IsEmpty && host.ContactGroups.IsEmpty)
        {
            Warn(raw, "has neither contacts nor contact_groups, so nobody is notified");
        }

        if (host.Notifying.Options == StateOptions.Ok)
        {
            Warn(raw, "has recoveries alone in notification_options; add d or u, or no recovery is ever notified");
        }
    }

    public void CheckContact(RawId raw, ContactDefinition contact, int errorsBefore)
    {
        if (IsFaulty(raw, errorsBefore))
        {
            return;
        }

        Check(raw, "host", contact.HostNotifications);
        Check(raw, "service", contact.ServiceNotifications);
    }

    private bool IsFaulty(RawId raw, int errorsBefore) =>
        context.Diagnostics.ErrorCount != errorsBefore || context.Resolver.IsIncomplete(raw);

    private void Check(RawId raw, string kind, ContactNotificationSettings settings)
    {
        if (settings.Commands.IsEmpty)
        {
            context.Error(raw, $"has no {kind}_notification_commands");
        }

        if (settings.Period is null)
        {
            Warn(raw, $"has no {kind}_notification_period; it is notified at any time");
        }

        if (settings.Options == StateOptions.Ok)
        {
            Warn(raw, $"has recoveries alone in {kind}_notification_options, so it is never notified");
        }
    }

    private void Warn(RawId raw, string message)
    {
        if (!_said.TryGetValue(message, out var said))
        {
            said = new BitArray(context.Raw.Count);
            _said.Add(message, said);
        }

        if (!said[raw.Index])
        {
            said[raw.Index] = true;
            context.Warning(raw, message);
        }
    }
}
