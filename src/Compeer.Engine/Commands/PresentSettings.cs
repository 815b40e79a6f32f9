using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.Commands;

/// <summary>The values that settings have before a command. One that turns a switch to where it is, or gives the check interval that there
/// is, changes nothing at Naemon either: a setting that was not modified is not afterwards. One that was is written again, since another
/// node may change it at the same moment, and what was asked for last is to hold.</summary>
internal static class PresentSettings
{
    /// <summary>Whether a command that gives a setting this value changes nothing.</summary>
    public static bool IsSo(in EffectiveSettings settings, OperatorSetting setting, SettingValue value) =>
        settings.Changes?.Settings[setting] is null && Of(settings, setting) == value;

    /// <summary>The same of a switch of the program.</summary>
    public static bool IsSo(ProgramState program, ProgramSetting setting, bool isOn) =>
        !program.Changed.ContainsKey(setting) && program.IsOn(setting) == isOn;

    /// <summary>The same of a switch of a contact.</summary>
    public static bool IsSo(ContactSettings changed, ContactDefinition contact, ContactSetting setting, bool isOn) =>
        !changed.Values.ContainsKey(setting) && Of(contact, setting) == SettingValue.Of(isOn);

    /// <summary>The value that a setting has now; null when it has none that could be kept.</summary>
    public static SettingValue? Of(in EffectiveSettings settings, OperatorSetting setting) =>
        settings.Changes?.Settings[setting] ?? Unchanged(settings, setting);

    /// <summary>The value that the configuration gives a setting of a contact; null when it gives none that could be kept.</summary>
    public static SettingValue? Of(ContactDefinition contact, ContactSetting setting) => setting switch
    {
        ContactSetting.HostNotifications => SettingValue.Of(contact.HostNotifications.Enabled),
        ContactSetting.ServiceNotifications => SettingValue.Of(contact.ServiceNotifications.Enabled),
        ContactSetting.HostNotificationPeriod => Name(contact.HostNotifications.Period),
        ContactSetting.ServiceNotificationPeriod => Name(contact.ServiceNotifications.Period),
        _ => null,
    };

    private static SettingValue? Unchanged(in EffectiveSettings settings, OperatorSetting setting) => setting switch
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

    private static SettingValue? Name(TimePeriodDefinition? period) => period is null ? null : SettingValue.Of(period.Name);

    private static SettingValue? Call(CommandCall? call) => call is null ? null : SettingValue.Of(ChangedSettings.TextOf(call));
}
