namespace Compeer.Tests.Configuration;

/// <summary>Time periods with every form of exception, over templates and with exclusions.</summary>
internal static class RandomTimePeriods
{
    private static readonly string[] Weekdays =
        ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private static readonly string[] Months = ["january", "february", "july", "december"];

    public static void Write(RandomText text)
    {
        text.Open("timeperiod");
        text.Line("name", "pt");
        text.Line("register", "0");
        Times(text);
        text.Close();
        for (var i = 0; i < 3; i++)
        {
            var number = i;
            text.Open("timeperiod");
            text.Line("timeperiod_name", $"p{i}");
            text.Line("alias", $"period {i}");
            text.Line("use", text.Maybe(2, "template of a time period", () => "pt"));
            Times(text);
            text.Line("exclude", i == 0 ? null : text.Maybe(2, "exclusion", () => text.OneIn(2) ? "p0" : $"p{number - 1}"));
            text.Close();
        }
    }

    private static void Times(RandomText text)
    {
        foreach (var day in Weekdays)
        {
            text.Line(day, text.One(("no time", null), ("all day", "00:00-24:00"), ("two ranges", "08:00-12:00,13:30-17:00")));
        }

        for (var i = text.Next(4); i > 0; i--)
        {
            text.Line(Days(text), "09:00-17:00");
        }
    }

    private static string Days(RandomText text)
    {
        var weekday = Weekdays[text.Next(7)];
        var month = Months[text.Next(4)];
        var skip = text.OneIn(3) ? text.One(("skip of days", $" / {text.Next(4) + 2}"))! : "";
        var day = text.Next(28) + 1;
        return text.One(
            ("date", $"2031-02-{day:00}"),
            ("date with skip", $"2031-02-{day:00} / 3"),
            ("range of dates", $"2031-02-{day:00} - 2031-07-14{skip}"),
            ("month and day", $"{month} {day}"),
            ("month and day from the end", $"{month} -{day}"),
            ("days of a month", $"{month} {day} - 29{skip}"),
            ("range over months", $"february {day} - july -2{skip}"),
            ("day", $"day {day}"),
            ("range of days", $"day {day} - 29{skip}"),
            ("day from the end", $"day -{day}"),
            ("weekday of a month", $"{weekday} {text.Next(5) + 1} {month}"),
            ("last weekday of a month", $"{weekday} -1 {month}"),
            ("weekday", $"{weekday} -{text.Next(5) + 1}"),
            ("range of weekdays", $"{weekday} 1 - friday 3{skip}"),
            ("range of weekdays of months", $"{weekday} 1 july - friday 3 december{skip}"))!;
    }
}
