using System.Collections.Frozen;
using Compeer.Engine.Model;

namespace Compeer.Engine.Commands;

/// <summary>The commands that change a setting: of which objects, and which one.</summary>
internal static class SettingCommands
{
    private static readonly (string Name, CommandScope Scope, OperatorSetting Setting)[] Switches =
    [
        ("SVC_CHECK", CommandScope.Itself, OperatorSetting.ActiveChecks),
        ("HOST_CHECK", CommandScope.Itself, OperatorSetting.ActiveChecks),
        ("HOST_SVC_CHECKS", CommandScope.ServicesOfHost, OperatorSetting.ActiveChecks),
        ("HOSTGROUP_HOST_CHECKS", CommandScope.HostsOfGroup, OperatorSetting.ActiveChecks),
        ("HOSTGROUP_SVC_CHECKS", CommandScope.ServicesOfHostGroup, OperatorSetting.ActiveChecks),
        ("SERVICEGROUP_SVC_CHECKS", CommandScope.ServicesOfGroup, OperatorSetting.ActiveChecks),
        ("SERVICEGROUP_HOST_CHECKS", CommandScope.HostsOfServiceGroup, OperatorSetting.ActiveChecks),
        ("PASSIVE_SVC_CHECKS", CommandScope.Itself, OperatorSetting.PassiveChecks),
        ("PASSIVE_HOST_CHECKS", CommandScope.Itself, OperatorSetting.PassiveChecks),
        ("HOSTGROUP_PASSIVE_HOST_CHECKS", CommandScope.HostsOfGroup, OperatorSetting.PassiveChecks),
        ("HOSTGROUP_PASSIVE_SVC_CHECKS", CommandScope.ServicesOfHostGroup, OperatorSetting.PassiveChecks),
        ("SERVICEGROUP_PASSIVE_SVC_CHECKS", CommandScope.ServicesOfGroup, OperatorSetting.PassiveChecks),
        ("SERVICEGROUP_PASSIVE_HOST_CHECKS", CommandScope.HostsOfServiceGroup, OperatorSetting.PassiveChecks),
        ("SVC_NOTIFICATIONS", CommandScope.Itself, OperatorSetting.Notifications),
        ("HOST_NOTIFICATIONS", CommandScope.Itself, OperatorSetting.Notifications),
        ("HOST_SVC_NOTIFICATIONS", CommandScope.ServicesOfHost, OperatorSetting.Notifications),
        ("HOST_AND_CHILD_NOTIFICATIONS", CommandScope.HostAndChildren, OperatorSetting.Notifications),
        ("ALL_NOTIFICATIONS_BEYOND_HOST", CommandScope.BeyondHost, OperatorSetting.Notifications),
        ("HOSTGROUP_HOST_NOTIFICATIONS", CommandScope.HostsOfGroup, OperatorSetting.Notifications),
        ("HOSTGROUP_SVC_NOTIFICATIONS", CommandScope.ServicesOfHostGroup, OperatorSetting.Notifications),
        ("SERVICEGROUP_SVC_NOTIFICATIONS", CommandScope.ServicesOfGroup, OperatorSetting.Notifications),
        ("SERVICEGROUP_HOST_NOTIFICATIONS", CommandScope.HostsOfServiceGroup, OperatorSetting.Notifications),
        ("HOST_FLAP_DETECTION", CommandScope.Itself, OperatorSetting.FlapDetection),
        ("SVC_FLAP_DETECTION", CommandScope.Itself, OperatorSetting.FlapDetection),
        ("HOST_EVENT_HANDLER", CommandScope.Itself, OperatorSetting.EventHandlerEnabled),
        ("SVC_EVENT_HANDLER", CommandScope.Itself, OperatorSetting.EventHandlerEnabled),
    ];

    private static readonly (string On, string Off, ProgramSetting Setting)[] ProgramSwitches =
    [
        ("START_EXECUTING_HOST_CHECKS", "STOP_EXECUTING_HOST_CHECKS", ProgramSetting.HostChecks),
        ("START_EXECUTING_SVC_CHECKS", "STOP_EXECUTING_SVC_CHECKS", ProgramSetting.ServiceChecks),
        ("START_ACCEPTING_PASSIVE_HOST_CHECKS", "STOP_ACCEPTING_PASSIVE_HOST_CHECKS", ProgramSetting.PassiveHostChecks),
        ("START_ACCEPTING_PASSIVE_SVC_CHECKS", "STOP_ACCEPTING_PASSIVE_SVC_CHECKS", ProgramSetting.PassiveServiceChecks),
        ("ENABLE_NOTIFICATIONS", "DISABLE_NOTIFICATIONS", ProgramSetting.Notifications),
        ("ENABLE_FLAP_DETECTION", "DISABLE_FLAP_DETECTION", ProgramSetting.FlapDetection),
        ("ENABLE_EVENT_HANDLERS", "DISABLE_EVENT_HANDLERS", ProgramSetting.EventHandlers),
        ("START_OBSESSING_OVER_HOST_CHECKS", "STOP_OBSESSING_OVER_HOST_CHECKS", ProgramSetting.HostObsession),
        ("START_OBSESSING_OVER_SVC_CHECKS", "STOP_OBSESSING_OVER_SVC_CHECKS", ProgramSetting.ServiceObsession),
        ("ENABLE_PERFORMANCE_DATA", "DISABLE_PERFORMANCE_DATA", ProgramSetting.PerformanceData),
        ("ENABLE_HOST_FRESHNESS_CHECKS", "DISABLE_HOST_FRESHNESS_CHECKS", ProgramSetting.HostFreshness),
        ("ENABLE_SERVICE_FRESHNESS_CHECKS", "DISABLE_SERVICE_FRESHNESS_CHECKS", ProgramSetting.ServiceFreshness),
    ];

    private static readonly FrozenDictionary<string, (CommandScope Scope, OperatorSetting Setting, bool IsOn)> BySwitch = Switches
        .SelectMany(entry => (IEnumerable<(string Name, CommandScope, OperatorSetting, bool IsOn)>)
        [
            ($"ENABLE_{entry.Name}", entry.Scope, entry.Setting, true),
            ($"DISABLE_{entry.Name}", entry.Scope, entry.Setting, false),
        ])
        .Concat((IEnumerable<(string Name, CommandScope, OperatorSetting, bool IsOn)>)
        [
            ("START_OBSESSING_OVER_HOST", CommandScope.Itself, OperatorSetting.Obsession, true),
            ("STOP_OBSESSING_OVER_HOST", CommandScope.Itself, OperatorSetting.Obsession, false),
            ("START_OBSESSING_OVER_SVC", CommandScope.Itself, OperatorSetting.Obsession, true),
            ("STOP_OBSESSING_OVER_SVC", CommandScope.Itself, OperatorSetting.Obsession, false),
        ])
        .ToFrozenDictionary(entry => entry.Name, entry => (entry.Item2, entry.Item3, entry.IsOn), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (ProgramSetting Setting, bool IsOn)> ByProgramSwitch = ProgramSwitches
        .SelectMany(entry => (IEnumerable<(string Name, ProgramSetting, bool IsOn)>)
        [
            (entry.On, entry.Setting, true),
            (entry.Off, entry.Setting, false),
        ])
        .ToFrozenDictionary(entry => entry.Name, entry => (entry.Item2, entry.IsOn), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, OperatorSetting> ByValue = new Dictionary<string, OperatorSetting>
    {
        ["CHANGE_NORMAL_HOST_CHECK_INTERVAL"] = OperatorSetting.CheckInterval,
        ["CHANGE_NORMAL_SVC_CHECK_INTERVAL"] = OperatorSetting.CheckInterval,
        ["CHANGE_RETRY_HOST_CHECK_INTERVAL"] = OperatorSetting.RetryInterval,
        ["CHANGE_RETRY_SVC_CHECK_INTERVAL"] = OperatorSetting.RetryInterval,
        ["CHANGE_MAX_HOST_CHECK_ATTEMPTS"] = OperatorSetting.MaxCheckAttempts,
        ["CHANGE_MAX_SVC_CHECK_ATTEMPTS"] = OperatorSetting.MaxCheckAttempts,
        ["CHANGE_HOST_CHECK_TIMEPERIOD"] = OperatorSetting.CheckPeriod,
        ["CHANGE_SVC_CHECK_TIMEPERIOD"] = OperatorSetting.CheckPeriod,
        ["CHANGE_HOST_NOTIFICATION_TIMEPERIOD"] = OperatorSetting.NotificationPeriod,
        ["CHANGE_SVC_NOTIFICATION_TIMEPERIOD"] = OperatorSetting.NotificationPeriod,
        ["CHANGE_HOST_CHECK_COMMAND"] = OperatorSetting.CheckCommand,
        ["CHANGE_SVC_CHECK_COMMAND"] = OperatorSetting.CheckCommand,
        ["CHANGE_HOST_EVENT_HANDLER"] = OperatorSetting.EventHandler,
        ["CHANGE_SVC_EVENT_HANDLER"] = OperatorSetting.EventHandler,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ProgramSetting> ByProgramCall = new Dictionary<string, ProgramSetting>
    {
        ["CHANGE_GLOBAL_HOST_EVENT_HANDLER"] = ProgramSetting.GlobalHostHandler,
        ["CHANGE_GLOBAL_SVC_EVENT_HANDLER"] = ProgramSetting.GlobalServiceHandler,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The switch of objects that a command turns; null when it turns none.</summary>
    public static (CommandScope Scope, OperatorSetting Setting, bool IsOn)? Switch(string name) =>
        BySwitch.TryGetValue(name, out var found) ? found : null;

    /// <summary>The switch of the program that a command turns; null when it turns none.</summary>
    public static (ProgramSetting Setting, bool IsOn)? ProgramSwitch(string name) =>
        ByProgramSwitch.TryGetValue(name, out var found) ? found : null;

    /// <summary>The command of the program that a command replaces by its first argument; null when it replaces none.</summary>
    public static ProgramSetting? ProgramCall(string name) => ByProgramCall.TryGetValue(name, out var found) ? found : null;

    /// <summary>The setting that a command gives the value of its second argument; null when it gives none.</summary>
    public static OperatorSetting? Value(string name) => ByValue.TryGetValue(name, out var found) ? found : null;
}
