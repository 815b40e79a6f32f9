using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Commands;

/// <summary>
/// The commands that say which attributes of an object count as changed (<c>CHANGE_HOST_MODATTR</c> and its kin). At Naemon they set a
/// mask, and what it says shows at the next restart: an attribute in it keeps the value that it has, whatever the configuration says, one
/// that is not has the configuration's again. A cluster has no such moment, so that both hold at once here (decision 052).
/// </summary>
internal sealed class AttributeCommands(EngineState engine, SettingHandler settings)
{
    private static readonly ImmutableArray<OperatorSetting> OfObjects = [.. Enum.GetValues<OperatorSetting>()];
    private static readonly ImmutableArray<ContactSetting> OfContacts = [.. Enum.GetValues<ContactSetting>()];

    /// <summary>Whether a command of this name is one of them.</summary>
    public static bool Takes(string name) => name is "CHANGE_HOST_MODATTR" or "CHANGE_SVC_MODATTR"
        or "CHANGE_CONTACT_MODATTR" or "CHANGE_CONTACT_MODHATTR" or "CHANGE_CONTACT_MODSATTR";

    /// <summary>Does a command.</summary>
    /// <returns>Null when it was done; else why not.</returns>
    public string? Do(EngineTime now, ParsedCommand command, Transition transition)
    {
        var bits = command.Number(1);
        if ((bits & ~(long)ModifiedAttributes.All) != 0)
        {
            return $"{bits} has attributes that there are none of";
        }

        if (command.Values[0] is ContactDefinition contact)
        {
            SetContact(now, contact, command.Name, (uint)bits, transition);
        }
        else
        {
            Set(now, CommandObjects.Itself(engine.Site, command), (uint)bits, transition);
        }

        return null;
    }

    private void Set(EngineTime now, CheckableId id, uint bits, Transition transition)
    {
        var before = engine.Site.Effective(id);
        var changed = (before.Changes?.Settings ?? OperatorSettings.None).Values;
        foreach (var setting in changed.Keys.Where(setting => (ModifiedAttributes.Of(setting) & bits) == 0))
        {
            settings.Change(now, id, setting, null, isGivenHere: true, transition);
        }

        foreach (var setting in OfObjects)
        {
            if ((ModifiedAttributes.Of(setting) & bits) != 0 && !changed.ContainsKey(setting) && Present(before, setting) is { } value)
            {
                settings.Change(now, id, setting, value, isGivenHere: true, transition);
            }
        }
    }

    private void SetContact(EngineTime now, ContactDefinition contact, string command, uint bits, Transition transition)
    {
        var changed = engine.Site.Contacts.SettingsOf(contact.Name).Values;
        foreach (var setting in changed.Keys.Where(setting => Bit(setting) is not 0 and var bit && (bit & bits) == 0))
        {
            settings.Change(now, contact.Name, setting, null, isGivenHere: true, transition);
        }

        foreach (var setting in OfContacts)
        {
            if ((Bit(setting) & bits) != 0 && !changed.ContainsKey(setting) && Present(contact, setting) is { } value)
            {
                settings.Change(now, contact.Name, setting, value, isGivenHere: true, transition);
            }
        }

        // Each of the three commands is about attributes of its own; the others stay.
        uint Bit(ContactSetting setting) => command switch
        {
            "CHANGE_CONTACT_MODHATTR" => ModifiedAttributes.OfContactForHosts(setting),
            "CHANGE_CONTACT_MODSATTR" => ModifiedAttributes.OfContactForServices(setting),
            _ => ModifiedAttributes.OfContact(setting),
        };
    }

    /// <summary>The value that a setting has now; null when it has none that could be kept.</summary>
    private static SettingValue? Present(in EffectiveSettings settings, OperatorSetting setting) => setting switch
    {
        OperatorSetting.ActiveChecks => SettingValue.Of(settings.Checking.ActiveChecksEnabled),
        OperatorSetting.PassiveChecks => SettingValue.Of(settings.Checking.PassiveChecksEnabled),
        OperatorSetting.MaxCheckAttempts => SettingValue.Of(settings.Checking.MaxCheckAttempts),
        OperatorSetting.CheckInterval => SettingValue.Of(settings.Checking.CheckInterval),
        OperatorSetting.RetryInterval => SettingValue.Of(settings.Checking.RetryInterval),
        OperatorSetting.CheckPeriod => Name(settings.Checking.CheckPeriod),
        OperatorSetting.CheckCommand => Call(settings.CheckCommand),
        OperatorSetting.FlapDetection => SettingValue.Of(settings.Definition.FlapDetection.Enabled),
        OperatorSetting.EventHandlerEnabled => SettingValue.Of(settings.Definition.Processing.EventHandlerEnabled),
        OperatorSetting.EventHandler => Call(settings.EventHandler),
        OperatorSetting.Obsession => SettingValue.Of(settings.Definition.Processing.Obsess),
        OperatorSetting.Notifications => SettingValue.Of(settings.Notifying.Enabled),
        OperatorSetting.NotificationPeriod => Name(settings.Notifying.Period),
        _ => null,
    };

    private static SettingValue? Present(ContactDefinition contact, ContactSetting setting) => setting switch
    {
        ContactSetting.HostNotifications => SettingValue.Of(contact.HostNotifications.Enabled),
        ContactSetting.ServiceNotifications => SettingValue.Of(contact.ServiceNotifications.Enabled),
        ContactSetting.HostNotificationPeriod => Name(contact.HostNotifications.Period),
        ContactSetting.ServiceNotificationPeriod => Name(contact.ServiceNotifications.Period),
        _ => null,
    };

    private static SettingValue? Name(TimePeriodDefinition? period) => period is null ? null : SettingValue.Of(period.Name);

    private static SettingValue? Call(CommandCall? call) => call is null ? null : SettingValue.Of(ChangedSettings.TextOf(call));
}
