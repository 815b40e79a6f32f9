using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.Import;

/// <summary>What operators changed, as a <c>retention.dat</c> has it: the bits of modified attributes say which keys count.</summary>
internal static class RetainedSettings
{
    private static readonly (OperatorSetting Setting, string Key)[] Switches =
    [
        (OperatorSetting.Notifications, "notifications_enabled"), (OperatorSetting.ActiveChecks, "active_checks_enabled"),
        (OperatorSetting.PassiveChecks, "passive_checks_enabled"), (OperatorSetting.EventHandlerEnabled, "event_handler_enabled"),
        (OperatorSetting.FlapDetection, "flap_detection_enabled"), (OperatorSetting.Obsession, "obsess"),
        (OperatorSetting.Obsession, "obsess_over_host"), (OperatorSetting.Obsession, "obsess_over_service"),
    ];

    private static readonly (OperatorSetting Setting, string Key)[] Texts =
    [
        (OperatorSetting.EventHandler, "event_handler"), (OperatorSetting.CheckCommand, "check_command"),
        (OperatorSetting.CheckPeriod, "check_period"), (OperatorSetting.NotificationPeriod, "notification_period"),
    ];

    private static readonly (OperatorSetting Setting, string Key)[] Intervals =
    [
        (OperatorSetting.CheckInterval, "normal_check_interval"), (OperatorSetting.RetryInterval, "retry_check_interval"),

        // As Nagios 4 writes them.
        (OperatorSetting.CheckInterval, "check_interval"), (OperatorSetting.RetryInterval, "retry_interval"),
    ];

    private static readonly (ProgramSetting Setting, string Key)[] ProgramSwitches =
    [
        (ProgramSetting.Notifications, "enable_notifications"), (ProgramSetting.ServiceChecks, "active_service_checks_enabled"),
        (ProgramSetting.PassiveServiceChecks, "passive_service_checks_enabled"),
        (ProgramSetting.HostChecks, "active_host_checks_enabled"), (ProgramSetting.PassiveHostChecks, "passive_host_checks_enabled"),
        (ProgramSetting.EventHandlers, "enable_event_handlers"), (ProgramSetting.ServiceObsession, "obsess_over_services"),
        (ProgramSetting.HostObsession, "obsess_over_hosts"), (ProgramSetting.ServiceFreshness, "check_service_freshness"),
        (ProgramSetting.HostFreshness, "check_host_freshness"), (ProgramSetting.FlapDetection, "enable_flap_detection"),
        (ProgramSetting.PerformanceData, "process_performance_data"),
    ];

    /// <summary>Those of a host or service. A command or time period that is not there is refused.</summary>
    public static IEnumerable<(OperatorSetting Setting, SettingValue Value)> Of(
        RetainedValues values, CheckableDefinition definition, EngineConfiguration configuration, Action<string> refuse)
    {
        var bits = (uint)values.Number("modified_attributes");
        foreach (var (setting, key) in Switches)
        {
            if (Has(bits, setting) && values.Has(key))
            {
                yield return (setting, SettingValue.Of(values.Flag(key)));
            }
        }

        foreach (var (setting, key) in Texts)
        {
            var text = values.Text(key);
            if (!Has(bits, setting) || text.Length == 0)
            {
                continue;
            }

            if (IsKnown(setting, text, configuration.Objects))
            {
                yield return (setting, SettingValue.Of(text));
            }
            else
            {
                refuse($"line {values.Line}: {key}={text}: there is no such {(IsCommand(setting) ? "command" : "time period")}");
            }
        }

        foreach (var (setting, key) in Intervals)
        {
            if (Has(bits, setting) && values.Has(key))
            {
                yield return (setting, SettingValue.Of(values.Decimal(key) * configuration.Main.IntervalLength));
            }
        }

        if (Has(bits, OperatorSetting.MaxCheckAttempts) && values.Number("max_attempts") is >= 1 and <= int.MaxValue and var attempts)
        {
            yield return (OperatorSetting.MaxCheckAttempts, SettingValue.Of(attempts));
        }

        foreach (var (name, value) in Variables(values, bits, definition.CustomVariables, refuse))
        {
            yield return (CustomVariable.SettingOf(name), CustomVariable.Of(name, value));
        }
    }

    /// <summary>Those of the program.</summary>
    public static IEnumerable<(ProgramSetting Setting, SettingValue Value)> OfProgram(
        RetainedValues values, EngineConfiguration configuration, Action<string> refuse)
    {
        var (hosts, services) = ((uint)values.Number("modified_host_attributes"), (uint)values.Number("modified_service_attributes"));
        bool IsChanged(ProgramSetting setting) =>
            (hosts & ModifiedAttributes.OfHosts(setting)) != 0 || (services & ModifiedAttributes.OfServices(setting)) != 0;

        foreach (var (setting, key) in ProgramSwitches)
        {
            if (IsChanged(setting) && values.Has(key))
            {
                yield return (setting, SettingValue.Of(values.Flag(key)));
            }
        }

        foreach (var (setting, key) in new[]
        {
            (ProgramSetting.GlobalHostHandler, "global_host_event_handler"),
            (ProgramSetting.GlobalServiceHandler, "global_service_event_handler"),
        })
        {
            if (!IsChanged(setting) || values.Text(key).Length == 0)
            {
                continue;
            }

            if (ChangedSettings.Call(configuration.Objects, values.Text(key)) is null)
            {
                refuse($"line {values.Line}: {key}={values.Text(key)}: there is no such command");
                continue;
            }

            yield return (setting, SettingValue.Of(values.Text(key)));
        }
    }

    /// <summary>Those of a contact.</summary>
    public static IEnumerable<(ContactSetting Setting, SettingValue Value)> OfContact(
        RetainedValues values, ContactDefinition contact, ObjectConfiguration objects, Action<string> refuse)
    {
        foreach (var (setting, key, isHost) in new[]
        {
            (ContactSetting.HostNotifications, "host_notifications_enabled", true),
            (ContactSetting.ServiceNotifications, "service_notifications_enabled", false),
        })
        {
            if ((BitsOf(values, isHost) & BitOf(setting, isHost)) != 0 && values.Has(key))
            {
                yield return (setting, SettingValue.Of(values.Flag(key)));
            }
        }

        foreach (var (setting, key, isHost) in new[]
        {
            (ContactSetting.HostNotificationPeriod, "host_notification_period", true),
            (ContactSetting.ServiceNotificationPeriod, "service_notification_period", false),
        })
        {
            if ((BitsOf(values, isHost) & BitOf(setting, isHost)) == 0 || values.Text(key).Length == 0)
            {
                continue;
            }

            if (!IsPeriod(values.Text(key), objects))
            {
                refuse($"line {values.Line}: {key}={values.Text(key)}: there is no such time period");
                continue;
            }

            yield return (setting, SettingValue.Of(values.Text(key)));
        }

        var own = (uint)values.Number("modified_attributes");
        foreach (var (name, value) in Variables(values, own, contact.CustomVariables, refuse))
        {
            yield return (CustomVariable.ContactSettingOf(name), CustomVariable.Of(name, value));
        }
    }

    private static uint BitsOf(RetainedValues values, bool isHost) =>
        (uint)values.Number(isHost ? "modified_host_attributes" : "modified_service_attributes");

    private static uint BitOf(ContactSetting setting, bool isHost) =>
        isHost ? ModifiedAttributes.OfContactForHosts(setting) : ModifiedAttributes.OfContactForServices(setting);

    private static IEnumerable<(string Name, string Value)> Variables(
        RetainedValues values, uint bits, IEnumerable<KeyValuePair<string, string>> configured, Action<string> refuse)
    {
        if ((bits & ModifiedAttributes.Of(CustomVariable.SettingOf(""))) == 0)
        {
            yield break;
        }

        foreach (var (name, value) in values.ChangedVariables)
        {
            if (!configured.Any(one => one.Key == name))
            {
                refuse($"line {values.Line}: _{name}: there is no such custom variable");
            }
            else if (CustomVariable.Of(name, value).Text!.Length > SettingValue.LongestText)
            {
                refuse($"line {values.Line}: _{name}: the value is longer than {SettingValue.LongestText} characters");
            }
            else
            {
                yield return (name, value);
            }
        }
    }

    private static bool Has(uint bits, OperatorSetting setting) => (bits & ModifiedAttributes.Of(setting)) != 0;

    private static bool IsCommand(OperatorSetting setting) => setting is OperatorSetting.EventHandler or OperatorSetting.CheckCommand;

    private static bool IsKnown(OperatorSetting setting, string text, ObjectConfiguration objects) =>
        text.Length <= SettingValue.LongestText
        && (IsCommand(setting) ? ChangedSettings.Call(objects, text) is not null : IsPeriod(text, objects));

    private static bool IsPeriod(string name, ObjectConfiguration objects) =>
        NameSearch.Find(objects.TimePeriods, name, static found => found.Name) is not null;
}
