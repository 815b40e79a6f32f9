namespace Compeer.Engine.Model;

/// <summary>What operators changed, as the bits of Naemon's modified attributes (<c>MODATTR_*</c>): livestatus shows them, and the masks
/// of retention name them.</summary>
public static class ModifiedAttributes
{
    private const uint Notifications = 1;
    private const uint ActiveChecks = 2;
    private const uint PassiveChecks = 4;
    private const uint EventHandlerEnabled = 8;
    private const uint FlapDetection = 16;
    private const uint PerformanceData = 64;
    private const uint Obsession = 128;
    private const uint EventHandler = 256;
    private const uint CheckCommand = 512;
    private const uint CheckInterval = 1024;
    private const uint RetryInterval = 2048;
    private const uint MaxCheckAttempts = 4096;
    private const uint Freshness = 8192;
    private const uint CheckPeriod = 16384;
    private const uint CustomVariables = 32768;
    private const uint NotificationPeriod = 65536;

    /// <summary>All bits that there are at Naemon.</summary>
    public const uint All = (2 * NotificationPeriod) - 1;

    /// <summary>The bits of everything that was changed of an object.</summary>
    public static uint Of(OperatorSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var bits = 0u;
        foreach (var setting in settings.Values.Keys)
        {
            bits |= Of(setting);
        }

        return bits;
    }

    /// <summary>The bit of a setting of a host or service; 0 when Naemon has none.</summary>
    public static uint Of(OperatorSetting setting) => setting switch
    {
        OperatorSetting.Notifications => Notifications,
        OperatorSetting.ActiveChecks => ActiveChecks,
        OperatorSetting.PassiveChecks => PassiveChecks,
        OperatorSetting.EventHandlerEnabled => EventHandlerEnabled,
        OperatorSetting.FlapDetection => FlapDetection,
        OperatorSetting.Obsession => Obsession,
        OperatorSetting.EventHandler => EventHandler,
        OperatorSetting.CheckCommand => CheckCommand,
        OperatorSetting.CheckInterval => CheckInterval,
        OperatorSetting.RetryInterval => RetryInterval,
        OperatorSetting.MaxCheckAttempts => MaxCheckAttempts,
        OperatorSetting.CheckPeriod => CheckPeriod,
        OperatorSetting.NotificationPeriod => NotificationPeriod,
        _ => CustomVariable.Is(setting) ? CustomVariables : 0,
    };

    /// <summary>The bits of everything that was changed of a contact, about hosts, services and itself together.</summary>
    public static uint Of(ContactSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Values.Keys.Aggregate(0u, static (bits, setting) =>
            bits | OfContact(setting) | OfContactForHosts(setting) | OfContactForServices(setting));
    }

    /// <summary>The bit of a contact's setting among those of the contact itself; 0 when it is not there.</summary>
    public static uint OfContact(ContactSetting setting) => CustomVariable.Is(setting) ? CustomVariables : 0;

    /// <summary>The bit of a contact's setting among those about hosts; 0 when it is not about hosts.</summary>
    public static uint OfContactForHosts(ContactSetting setting) => setting switch
    {
        ContactSetting.HostNotifications => Notifications,
        ContactSetting.HostNotificationPeriod => NotificationPeriod,
        _ => 0,
    };

    /// <summary>The bit of a contact's setting among those about services; 0 when it is not about services.</summary>
    public static uint OfContactForServices(ContactSetting setting) => setting switch
    {
        ContactSetting.ServiceNotifications => Notifications,
        ContactSetting.ServiceNotificationPeriod => NotificationPeriod,
        _ => 0,
    };

    /// <summary>The bit of a global switch among those of hosts; 0 when it is not about hosts.</summary>
    public static uint OfHosts(ProgramSetting setting) => setting switch
    {
        ProgramSetting.HostChecks => ActiveChecks,
        ProgramSetting.PassiveHostChecks => PassiveChecks,
        ProgramSetting.HostFreshness => Freshness,
        ProgramSetting.HostObsession => Obsession,
        ProgramSetting.GlobalHostHandler => EventHandler,
        _ => OfBoth(setting),
    };

    /// <summary>The bit of a global switch among those of services; 0 when it is not about services.</summary>
    public static uint OfServices(ProgramSetting setting) => setting switch
    {
        ProgramSetting.ServiceChecks => ActiveChecks,
        ProgramSetting.PassiveServiceChecks => PassiveChecks,
        ProgramSetting.ServiceFreshness => Freshness,
        ProgramSetting.ServiceObsession => Obsession,
        ProgramSetting.GlobalServiceHandler => EventHandler,
        _ => OfBoth(setting),
    };

    private static uint OfBoth(ProgramSetting setting) => setting switch
    {
        ProgramSetting.Notifications => Notifications,
        ProgramSetting.EventHandlers => EventHandlerEnabled,
        ProgramSetting.FlapDetection => FlapDetection,
        ProgramSetting.PerformanceData => PerformanceData,
        _ => 0,
    };
}
