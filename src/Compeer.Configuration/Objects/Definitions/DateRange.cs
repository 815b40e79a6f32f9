using System.Collections.Immutable;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>An exception of a time period: on these days these hours hold instead of the weekday's.</summary>
public sealed record DateRange
{
    /// <summary>Its form.</summary>
    public required DateRangeKind Kind { get; init; }

    /// <summary>First day.</summary>
    public required DatePoint Start { get; init; }

    /// <summary>Last day, inclusive; equal to <see cref="Start"/> for a single day.</summary>
    public required DatePoint End { get; init; }

    /// <summary>Every so many days from the first (<c>/ N</c>); 0 or 1 means every day.</summary>
    public required int SkipInterval { get; init; }

    /// <summary>The hours, in order of their start; empty means none of the day.</summary>
    public required ImmutableArray<TimeRange> Times { get; init; }
}
