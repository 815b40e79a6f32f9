using System.Collections.Frozen;
using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Commands;

/// <summary>The commands that change settings of contacts: what they are told of, when, and their custom variables.</summary>
internal sealed class ContactCommands(EngineState engine, SettingHandler settings)
{
    private static readonly FrozenDictionary<string, (ContactSetting Setting, bool IsOn)> Switches = new[] { "CONTACT", "CONTACTGROUP" }
        .SelectMany(subject => new[]
        {
            (Name: $"{subject}_HOST_NOTIFICATIONS", Setting: ContactSetting.HostNotifications),
            (Name: $"{subject}_SVC_NOTIFICATIONS", Setting: ContactSetting.ServiceNotifications),
        })
        .SelectMany(entry => new[]
        {
            (Name: $"ENABLE_{entry.Name}", entry.Setting, IsOn: true),
            (Name: $"DISABLE_{entry.Name}", entry.Setting, IsOn: false),
        })
        .ToFrozenDictionary(entry => entry.Name, entry => (entry.Setting, entry.IsOn), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ContactSetting> Periods = new Dictionary<string, ContactSetting>
    {
        ["CHANGE_CONTACT_HOST_NOTIFICATION_TIMEPERIOD"] = ContactSetting.HostNotificationPeriod,
        ["CHANGE_CONTACT_SVC_NOTIFICATION_TIMEPERIOD"] = ContactSetting.ServiceNotificationPeriod,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private const string Variable = "CHANGE_CUSTOM_CONTACT_VAR";

    /// <summary>Whether a command of this name is one of them.</summary>
    public static bool Takes(string name) => name == Variable || Switches.ContainsKey(name) || Periods.ContainsKey(name);

    /// <summary>Does a command.</summary>
    /// <returns>Null when it was done; else why not.</returns>
    public string? Do(EngineTime now, ParsedCommand command, Transition transition)
    {
        if (Switches.TryGetValue(command.Name, out var turned))
        {
            foreach (var contact in Meant(command))
            {
                if (!PresentSettings.IsSo(engine.Site.Contacts.SettingsOf(contact.Name), contact, turned.Setting, turned.IsOn))
                {
                    settings.Change(now, contact.Name, turned.Setting, SettingValue.Of(turned.IsOn), isGivenHere: true, transition);
                }
            }

            return null;
        }

        if (Periods.TryGetValue(command.Name, out var period))
        {
            var name = command.Subject<ContactDefinition>().Name;
            settings.Change(now, name, period, SettingValue.Of(command.Period(1).Name), isGivenHere: true, transition);
            return null;
        }

        return ChangeVariable(now, command, transition);
    }

    private static ImmutableArray<ContactDefinition> Meant(ParsedCommand command) => command.Values[0] is ContactGroupDefinition group
        ? group.Members
        : [command.Subject<ContactDefinition>()];

    private string? ChangeVariable(EngineTime now, ParsedCommand command, Transition transition)
    {
        var contact = command.Subject<ContactDefinition>();
        if (CustomVariable.Find(engine.Site.Contacts.VariablesOf(contact), command.Text(1)) is not { } name)
        {
            return $"it has no custom variable '{command.Text(1)}'";
        }

        var value = CustomVariable.Of(name, command.Text(2));
        if (value.Text!.Length > SettingValue.LongestText)
        {
            return "the value is too long";
        }

        settings.Change(now, contact.Name, CustomVariable.ContactSettingOf(name), value, isGivenHere: true, transition);
        return null;
    }
}
