using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A <c>define timeperiod</c>.</summary>
public sealed record TimePeriodDefinition
{
    /// <summary>The <c>timeperiod_name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>alias</c>; the name when absent.</summary>
    public required string Alias { get; init; }

    /// <summary>Seven entries, Sunday first; each the day's ranges in order of their start, empty when the day has
    /// none.</summary>
    public required ImmutableArray<ImmutableArray<TimeRange>> Weekdays { get; init; }

    /// <summary>Days with hours of their own, in the order of <see cref="DateRangeKind"/>; a day that one of them names
    /// does not use its weekday's hours.</summary>
    public ImmutableArray<DateRange> Exceptions { get; init; } = [];

    /// <summary>Time periods whose times do not belong to this one (<c>exclude</c>), sorted by name. With
    /// <c>allow_circular_dependencies</c> they may lead back to it, and it may be one of them.</summary>
    public ImmutableArray<TimePeriodDefinition> Exclusions { get; internal set; } = [];

    /// <summary>Where it is defined.</summary>
    public required SourcePosition Position { get; init; }
}
