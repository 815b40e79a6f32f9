namespace Compeer.Configuration.Objects.Definitions;

/// <summary>The forms of a time period's exceptions, in Naemon's order of precedence: the first kind that has an
/// exception for a day decides that day.</summary>
public enum DateRangeKind : byte
{
    /// <summary><c>2026-12-24 - 2026-12-26</c>.</summary>
    CalendarDate = 0,

    /// <summary><c>february 10 - march 2</c>; every year.</summary>
    MonthDate = 1,

    /// <summary><c>day 1 - 15</c>; every month.</summary>
    MonthDay = 2,

    /// <summary><c>monday 3 february</c>: the third Monday of February.</summary>
    MonthWeekday = 3,

    /// <summary><c>thursday -1</c>: the last Thursday of every month.</summary>
    Weekday = 4,
}
