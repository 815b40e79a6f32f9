using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Output;
using Compeer.Configuration.Objects.TimePeriods;

namespace Compeer.Tests.Configuration.Objects.TimePeriods;

public sealed class TimePeriodParserTests
{
    [Theory]
    [InlineData("2030-01-02 00:00-24:00", "2030-01-02", DateRangeKind.CalendarDate)]
    [InlineData("2030-01-02-2030-02-03/4 00:00-24:00", "2030-01-02 - 2030-02-03 / 4", DateRangeKind.CalendarDate)]
    [InlineData("february 1 00:00-24:00", "february 1", DateRangeKind.MonthDate)]
    [InlineData("february 1 - 15 00:00-24:00", "february 1 - february 15", DateRangeKind.MonthDate)]
    [InlineData("february 1 - march -1 / 2 00:00-24:00", "february 1 - march -1 / 2", DateRangeKind.MonthDate)]
    [InlineData("day -1 00:00-24:00", "day -1", DateRangeKind.MonthDay)]
    [InlineData("day 1 - day 7 00:00-24:00", "day 1 - 7", DateRangeKind.MonthDay)]
    [InlineData("monday 3 00:00-24:00", "monday 3", DateRangeKind.Weekday)]
    [InlineData("monday -1 - friday 2 00:00-24:00", "monday -1 - friday 2", DateRangeKind.Weekday)]
    [InlineData("thursday -1 november 00:00-24:00", "thursday -1 november", DateRangeKind.MonthWeekday)]
    [InlineData("monday 1 may - friday 2 june / 3 00:00-24:00", "monday 1 may - friday 2 june / 3", DateRangeKind.MonthWeekday)]
    public void Parse_Exception_GivesItsDays(string directive, string days, DateRangeKind kind)
    {
        var range = DateRangeParser.Parse(directive, out var error, out var warning);

        Assert.Null(error);
        Assert.Null(warning);
        Assert.Equal(days, TimePeriodText.Days(range!));
        Assert.Equal(kind, range!.Kind);
        Assert.Equal("00:00-24:00", TimePeriodText.Times(range.Times));
    }

    [Theory]
    [InlineData("2030-01-01 - 00:00-24:00")]
    [InlineData("2030-100-01 00:00-24:00")]
    [InlineData("2030-01-01 / x 00:00-24:00")]
    [InlineData("monday 1 - february 3 00:00-24:00")]
    [InlineData("day 1 24:00-25:00")]
    [InlineData("day 1")]
    public void Parse_FaultyException_SaysWhatIsWrong(string directive)
    {
        Assert.Null(DateRangeParser.Parse(directive, out var error, out _));
        Assert.NotNull(error);
    }

    [Theory]
    [InlineData("2030-02-30 00:00-24:00", "2030-03-02", "2030-02-30 does not exist and is read as 2030-03-02")]
    [InlineData("2030-13-01 00:00-24:00", "2031-01-01", "2030-13-01 does not exist and is read as 2031-01-01")]
    [InlineData("2030-00-01 00:00-24:00", "2029-12-01", "2030-00-01 does not exist and is read as 2029-12-01")]
    [InlineData("0000-00-00 00:00-24:00", "0001-01-01", "0000-00-00 does not exist and is read as 0001-01-01")]
    [InlineData("2030-01-01 / 0 00:00-24:00", "2030-01-01", "'/ 0' has no effect")]
    [InlineData("december 209 00:00-24:00", "december 209", "209 is a day that never comes, so the line has no effect; ")]
    [InlineData("day 0 00:00-24:00", "day 0", "0 is a day that never comes")]
    [InlineData("day 20 - 40 00:00-24:00", "day 20 - 40", "40 is read as the last day of the month")]
    [InlineData("monday 6 00:00-24:00", "monday 6", "there are 1 to 5 and, from the end of the month, -1 to -5")]
    public void Parse_DayThatDoesNotExist_SaysWhatItComesTo(string directive, string days, string expected)
    {
        var range = DateRangeParser.Parse(directive, out var error, out var warning);

        Assert.Null(error);
        Assert.Equal(days, TimePeriodText.Days(range!));
        Assert.Contains(expected, warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("09:00-:18:00", "00:00-00:00", "'09:00-:18:00' is read as 09:00-00:18, which never holds; write HH:MM-HH:MM")]
    [InlineData("10:60-11:00", "11:00-11:00", "'10:60-11:00' is read as 11:00-11:00; write HH:MM-HH:MM")]
    [InlineData("09:00-12:00-17:00", "09:00-12:00", "'09:00-12:00-17:00' is read as 09:00-12:00; write HH:MM-HH:MM")]
    [InlineData("009:000-17:", "09:00-17:00", "'009:000-17:' is read as 09:00-17:00; write HH:MM-HH:MM")]
    [InlineData("09:00-17:00h", "09:00-17:00", "'09:00-17:00h' is read as far as '09:00-17:00'")]
    public void Parse_SlipOfThePen_SaysWhatItComesTo(string text, string expected, string message)
    {
        var ranges = TimeRangeParser.Parse(text, out var error, out var warning);

        Assert.Null(error);
        Assert.Equal(expected, TimePeriodText.Times(ranges));
        Assert.Equal(message, warning);
    }

    [Theory]
    [InlineData("someday 00:00-24:00")]
    [InlineData("use other")]
    [InlineData("")]
    public void Parse_SomethingElse_IsNoException(string directive)
    {
        Assert.Null(DateRangeParser.Parse(directive, out var error, out _));
        Assert.Null(error);
    }

    [Theory]
    [InlineData("09:00-17:00,00:00-01:30", "00:00-01:30,09:00-17:00", false)]
    [InlineData("09:00-12:00, 13:00-17:00", "09:00-12:00,13:00-17:00", false)]
    [InlineData("22:00-06:00", "00:00-00:00", true)]
    [InlineData("00:00-00:00", "00:00-00:00", false)]
    public void Parse_Ranges_SortsThem(string text, string expected, bool warns)
    {
        var ranges = TimeRangeParser.Parse(text, out var error, out var warning);

        Assert.Null(error);
        Assert.Equal(expected, TimePeriodText.Times(ranges));
        Assert.Equal(warns, warning is not null);
    }

    [Theory]
    [InlineData("9-17")]
    [InlineData("24:01-24:02")]
    [InlineData("10:00")]
    [InlineData("-10:00")]
    [InlineData("09:00-17:00 # office")]
    [InlineData("")]
    public void Parse_FaultyRanges_SaysWhatIsWrong(string text)
    {
        TimeRangeParser.Parse(text, out var error, out _);
        Assert.NotNull(error);
    }
}
