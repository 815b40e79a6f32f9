using System.Collections.Immutable;
using Compeer.Configuration.Main;

namespace Compeer.Engine.Model;

/// <summary>The global switches as they are now: as an operator turned them, else as the main configuration has them. Immutable.</summary>
public sealed record ProgramState
{
    private readonly string? _globalHostHandler;
    private readonly string? _globalServiceHandler;

    private ProgramState(MainConfiguration main, ImmutableSortedDictionary<ProgramSetting, SettingValue> changed)
    {
        Changed = changed;
        HostChecks = Switch(ProgramSetting.HostChecks, main.ExecuteHostChecks);
        ServiceChecks = Switch(ProgramSetting.ServiceChecks, main.ExecuteServiceChecks);
        FlapDetection = Switch(ProgramSetting.FlapDetection, main.FlapDetection);
        PassiveHostChecks = Switch(ProgramSetting.PassiveHostChecks, main.AcceptPassiveHostChecks);
        PassiveServiceChecks = Switch(ProgramSetting.PassiveServiceChecks, main.AcceptPassiveServiceChecks);
        HostFreshness = Switch(ProgramSetting.HostFreshness, main.Freshness.ChecksHosts);
        ServiceFreshness = Switch(ProgramSetting.ServiceFreshness, main.Freshness.ChecksServices);
        EventHandlers = Switch(ProgramSetting.EventHandlers, main.Handlers.RunsEventHandlers);
        HostObsession = Switch(ProgramSetting.HostObsession, main.Handlers.ObsessesOverHosts);
        ServiceObsession = Switch(ProgramSetting.ServiceObsession, main.Handlers.ObsessesOverServices);
        PerformanceData = Switch(ProgramSetting.PerformanceData, main.ProcessesPerformanceData);
        _globalHostHandler = Text(ProgramSetting.GlobalHostHandler, main, "global_host_event_handler");
        _globalServiceHandler = Text(ProgramSetting.GlobalServiceHandler, main, "global_service_event_handler");
        Notifications = Switch(ProgramSetting.Notifications, main.Notifications.IsEnabled);
        HostFlapThresholds = (main.LowHostFlapThreshold, main.HighHostFlapThreshold);
        ServiceFlapThresholds = (main.LowServiceFlapThreshold, main.HighServiceFlapThreshold);
    }

    /// <summary>What operators changed.</summary>
    public ImmutableSortedDictionary<ProgramSetting, SettingValue> Changed { get; }

    /// <summary>Whether hosts are checked actively.</summary>
    public bool HostChecks { get; }

    /// <summary>Whether services are checked actively.</summary>
    public bool ServiceChecks { get; }

    /// <summary>Whether flapping is detected.</summary>
    public bool FlapDetection { get; }

    /// <summary>Whether results of hosts from outside are taken.</summary>
    public bool PassiveHostChecks { get; }

    /// <summary>Whether results of services from outside are taken.</summary>
    public bool PassiveServiceChecks { get; }

    /// <summary>Whether results of hosts that stay away are noticed.</summary>
    public bool HostFreshness { get; }

    /// <summary>Whether results of services that stay away are noticed.</summary>
    public bool ServiceFreshness { get; }

    /// <summary>Whether event handlers are run.</summary>
    public bool EventHandlers { get; }

    /// <summary>Whether the obsessing command is run for hosts.</summary>
    public bool HostObsession { get; }

    /// <summary>Whether the obsessing command is run for services.</summary>
    public bool ServiceObsession { get; }

    /// <summary>Whether performance data is processed.</summary>
    public bool PerformanceData { get; }

    /// <summary>The event handler of all hosts or services, as the configuration writes a call; null for none.</summary>
    public string? GlobalHandler(bool isHost) => isHost ? _globalHostHandler : _globalServiceHandler;

    /// <summary>Whether notifications are sent.</summary>
    public bool Notifications { get; }

    /// <summary>Whether a switch is on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The setting is no switch.</exception>
    public bool IsOn(ProgramSetting setting) => setting switch
    {
        ProgramSetting.HostChecks => HostChecks,
        ProgramSetting.ServiceChecks => ServiceChecks,
        ProgramSetting.FlapDetection => FlapDetection,
        ProgramSetting.PassiveHostChecks => PassiveHostChecks,
        ProgramSetting.PassiveServiceChecks => PassiveServiceChecks,
        ProgramSetting.HostFreshness => HostFreshness,
        ProgramSetting.ServiceFreshness => ServiceFreshness,
        ProgramSetting.EventHandlers => EventHandlers,
        ProgramSetting.HostObsession => HostObsession,
        ProgramSetting.ServiceObsession => ServiceObsession,
        ProgramSetting.PerformanceData => PerformanceData,
        ProgramSetting.Notifications => Notifications,
        _ => throw new ArgumentOutOfRangeException(nameof(setting), setting, "no switch"),
    };

    /// <summary>The thresholds of hosts that have none of their own, per cent.</summary>
    internal (double Low, double High) HostFlapThresholds { get; }

    /// <summary>The same of services.</summary>
    internal (double Low, double High) ServiceFlapThresholds { get; }

    /// <summary>The switches as the main configuration has them.</summary>
    public static ProgramState Of(MainConfiguration main)
    {
        ArgumentNullException.ThrowIfNull(main);
        return new ProgramState(main, ImmutableSortedDictionary<ProgramSetting, SettingValue>.Empty);
    }

    /// <summary>The same by another main configuration: what operators changed stays.</summary>
    public ProgramState By(MainConfiguration main)
    {
        ArgumentNullException.ThrowIfNull(main);
        return new ProgramState(main, Changed);
    }

    /// <summary>The same with another value of one switch; null for the main configuration's.</summary>
    public ProgramState With(MainConfiguration main, ProgramSetting setting, SettingValue? value)
    {
        ArgumentNullException.ThrowIfNull(main);
        return new ProgramState(main, value is { } changed ? Changed.SetItem(setting, changed) : Changed.Remove(setting));
    }

    private string? Text(ProgramSetting setting, MainConfiguration main, string variable) =>
        Changed.TryGetValue(setting, out var value) ? value.Text : main.Command(variable);

    private bool Switch(ProgramSetting setting, bool configured) =>
        Changed.TryGetValue(setting, out var value) ? value.IsOn : configured;
}
