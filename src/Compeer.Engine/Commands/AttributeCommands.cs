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
            if ((ModifiedAttributes.Of(setting) & bits) != 0 && !changed.ContainsKey(setting)
                && PresentSettings.Of(before, setting) is { } value)
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
            if ((Bit(setting) & bits) != 0 && !changed.ContainsKey(setting) && PresentSettings.Of(contact, setting) is { } value)
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
}
