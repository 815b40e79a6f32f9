namespace Compeer.Configuration.Objects.Building;

/// <summary>The values of a host, as atoms, that its services and escalations take when they have none ("implied
/// inheritance").</summary>
internal readonly record struct HostInheritance(
    int Contacts, int ContactGroups, int CheckPeriod, int NotificationPeriod, int NotificationInterval)
{
    /// <summary>How many values they are.</summary>
    public const int Width = 5;

    public static HostInheritance Of(ReadOnlySpan<int> values) => new(values[0], values[1], values[2], values[3], values[4]);
}
