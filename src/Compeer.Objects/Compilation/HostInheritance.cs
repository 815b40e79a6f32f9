namespace Compeer.Objects.Compilation;

/// <summary>The values of a host, as atoms, that its services and escalations take when they have none ("implied
/// inheritance").</summary>
internal readonly record struct HostInheritance(
    int Contacts, int ContactGroups, int CheckPeriod, int NotificationPeriod, int NotificationInterval);
