using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Model;

/// <summary>What operators changed of contacts, by their names. Few are changed, so that only those have an entry.</summary>
internal sealed class ContactColumn(ObjectConfiguration objects)
{
    /// <summary>The contacts that were changed, as they are now. Immutable: a snapshot keeps it.</summary>
    public ImmutableDictionary<string, EffectiveContact> Changed { get; private set; } =
        ImmutableDictionary.Create<string, EffectiveContact>(StringComparer.Ordinal);

    /// <summary>What operators changed of a contact.</summary>
    public ContactSettings SettingsOf(string contact) =>
        Changed.TryGetValue(contact, out var changed) ? changed.Settings : ContactSettings.None;

    /// <summary>How and when a contact is notified about hosts or services.</summary>
    public ContactNotificationSettings NotificationsOf(ContactDefinition contact, bool isHost)
    {
        if (Changed.TryGetValue(contact.Name, out var changed))
        {
            return isHost ? changed.HostNotifications : changed.ServiceNotifications;
        }

        return isHost ? contact.HostNotifications : contact.ServiceNotifications;
    }

    /// <summary>The custom variables of a contact.</summary>
    public ImmutableArray<KeyValuePair<string, string>> VariablesOf(ContactDefinition contact) =>
        Changed.TryGetValue(contact.Name, out var changed) ? changed.CustomVariables : contact.CustomVariables;

    /// <summary>Replaces what was changed of a contact; one that the configuration does not have is passed over.</summary>
    public void Set(string contact, ContactSettings settings)
    {
        if (NameSearch.Find(objects.Contacts, contact, static found => found.Name) is not { } definition)
        {
            return;
        }

        Changed = settings.Values.IsEmpty
            ? Changed.Remove(contact)
            : Changed.SetItem(contact, new EffectiveContact(definition, settings, objects));
    }

    /// <summary>Takes over those of an earlier configuration; names are resolved in this one.</summary>
    public void MoveFrom(ContactColumn former)
    {
        foreach ((var contact, var changed) in former.Changed)
        {
            Set(contact, changed.Settings);
        }
    }
}
