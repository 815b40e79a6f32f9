using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Model;

/// <summary>What holds for a contact now: its definition, and what operators changed of it. A time period that the configuration does
/// not have counts as unchanged. The rules read this, never the definition alone.</summary>
public sealed class EffectiveContact
{
    internal EffectiveContact(ContactDefinition definition, ContactSettings settings, ObjectConfiguration objects)
    {
        Settings = settings;
        HostNotifications = Changed(
            definition.HostNotifications, ContactSetting.HostNotifications, ContactSetting.HostNotificationPeriod, settings, objects);
        ServiceNotifications = Changed(
            definition.ServiceNotifications,
            ContactSetting.ServiceNotifications,
            ContactSetting.ServiceNotificationPeriod,
            settings,
            objects);
        CustomVariables = CustomVariable.Over(
            definition.CustomVariables, settings.Values.Select(pair => ((uint)pair.Key, pair.Value)));
    }

    /// <summary>What was changed.</summary>
    public ContactSettings Settings { get; }

    /// <summary>How and when it is notified about hosts.</summary>
    public ContactNotificationSettings HostNotifications { get; }

    /// <summary>How and when it is notified about services.</summary>
    public ContactNotificationSettings ServiceNotifications { get; }

    /// <summary>Its custom variables.</summary>
    public ImmutableArray<KeyValuePair<string, string>> CustomVariables { get; }

    private static ContactNotificationSettings Changed(
        ContactNotificationSettings configured,
        ContactSetting isOn,
        ContactSetting period,
        ContactSettings settings,
        ObjectConfiguration objects) => configured with
        {
            Enabled = settings[isOn]?.IsOn ?? configured.Enabled,
            Period = settings[period]?.Text is { } name
                ? NameSearch.Find(objects.TimePeriods, name, static found => found.Name) ?? configured.Period
                : configured.Period,
        };
}
