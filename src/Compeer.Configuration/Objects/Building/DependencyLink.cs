using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Syntax;

namespace Compeer.Configuration.Objects.Building;

/// <summary>One dependent on one master, hosts or services by index, before it is built.</summary>
internal readonly record struct DependencyLink(
    int Dependent,
    int Master,
    DependencyKind Kind,
    StateOptions Options,
    bool InheritsParent,
    TimePeriodDefinition? Period,
    RawId Raw)
{
    /// <summary>Links that say the same are one, wherever they are defined (Naemon keeps unique ones).</summary>
    public bool Equals(DependencyLink other) =>
        Dependent == other.Dependent && Master == other.Master && Kind == other.Kind && Options == other.Options
        && InheritsParent == other.InheritsParent && ReferenceEquals(Period, other.Period);

    public override int GetHashCode() => HashCode.Combine(Dependent, Master, Kind, Options, InheritsParent, Period?.Name);
}
