namespace Compeer.Engine.Model;

/// <summary>The switches of the whole program that an operator can turn while it runs. Numbers are stable: they are stored and
/// sent.</summary>
public enum ProgramSetting
{
    /// <summary>Whether hosts are checked actively (<c>execute_host_checks</c>).</summary>
    HostChecks = 1,

    /// <summary>Whether services are checked actively (<c>execute_service_checks</c>).</summary>
    ServiceChecks = 2,

    /// <summary>Whether flapping is detected (<c>enable_flap_detection</c>).</summary>
    FlapDetection = 3,

    /// <summary>Whether results of hosts from outside are taken (<c>accept_passive_host_checks</c>).</summary>
    PassiveHostChecks = 4,

    /// <summary>Whether results of services from outside are taken (<c>accept_passive_service_checks</c>).</summary>
    PassiveServiceChecks = 5,

    /// <summary>Whether results of hosts that stay away are noticed (<c>check_host_freshness</c>).</summary>
    HostFreshness = 20,

    /// <summary>Whether results of services that stay away are noticed (<c>check_service_freshness</c>).</summary>
    ServiceFreshness = 21,

    /// <summary>Whether event handlers are run (<c>enable_event_handlers</c>).</summary>
    EventHandlers = 22,

    /// <summary>Whether the obsessing command is run for hosts (<c>obsess_over_hosts</c>).</summary>
    HostObsession = 23,

    /// <summary>Whether the obsessing command is run for services (<c>obsess_over_services</c>).</summary>
    ServiceObsession = 24,

    /// <summary>Whether performance data is processed (<c>process_performance_data</c>).</summary>
    PerformanceData = 25,

    /// <summary>What is run at changes of state of every host (<c>global_host_event_handler</c>); a call.</summary>
    GlobalHostHandler = 26,

    /// <summary>The same of services (<c>global_service_event_handler</c>).</summary>
    GlobalServiceHandler = 27,

    /// <summary>Whether notifications are sent (<c>enable_notifications</c>).</summary>
    Notifications = 60,
}
