using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Building;

/// <summary>The values of a host, as atoms, that its services and escalations take when they have none ("implied
/// inheritance").</summary>
internal readonly record struct HostInheritance(
    Atom Contacts, Atom ContactGroups, Atom CheckPeriod, Atom NotificationPeriod, Atom NotificationInterval)
{
    /// <summary>How many values they are.</summary>
    public const int Width = 5;

    public static HostInheritance Of(ReadOnlySpan<int> values) =>
        new(new Atom(values[0]), new Atom(values[1]), new Atom(values[2]), new Atom(values[3]), new Atom(values[4]));
}
