namespace Compeer.Configuration.Objects.Definitions;

/// <summary>One end of a <see cref="DateRange"/>; which parts count depends on the range's kind, the others are 0.</summary>
/// <param name="Year">Year, for <see cref="DateRangeKind.CalendarDate"/>.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">Day of the month, 1 to 31; negative counts from the end, -1 being the last day.</param>
/// <param name="Weekday">0 Sunday to 6 Saturday.</param>
/// <param name="WeekdayOffset">Which such weekday of the month, 1 to 5; negative counts from the end.</param>
public readonly record struct DatePoint(int Year, int Month, int Day, int Weekday, int WeekdayOffset);
