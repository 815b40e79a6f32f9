namespace Compeer.Engine.Model;

/// <summary>What an operator can change of a contact while the program runs. Numbers are stable: they are stored and sent, each setting
/// in a register of its own. Custom variables have numbers of their own, see <see cref="CustomVariable"/>.</summary>
public enum ContactSetting
{
    /// <summary>Whether it is notified about hosts; a switch.</summary>
    HostNotifications = 1,

    /// <summary>Whether it is notified about services; a switch.</summary>
    ServiceNotifications = 2,

    /// <summary>When it is notified about hosts; the name of a time period.</summary>
    HostNotificationPeriod = 3,

    /// <summary>When it is notified about services; the name of a time period.</summary>
    ServiceNotificationPeriod = 4,
}
