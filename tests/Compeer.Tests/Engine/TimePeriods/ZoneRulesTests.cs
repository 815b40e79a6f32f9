using Compeer.Engine.TimePeriods;

namespace Compeer.Tests.Engine.TimePeriods;

public sealed class ZoneRulesTests
{
    /// <summary>Names as <c>date +%Z</c> says them.</summary>
    [Theory]
    [InlineData("UTC", "2026-07-01", "UTC")]
    [InlineData("Europe/Stockholm", "2026-01-01", "CET")]
    [InlineData("Europe/Stockholm", "2026-07-01", "CEST")]
    [InlineData("Europe/Stockholm", "2199-07-01", "CEST")]
    [InlineData("Europe/London", "2026-07-01", "BST")]
    [InlineData("America/New_York", "2026-01-01", "EST")]
    [InlineData("Asia/Tokyo", "2026-01-01", "JST")]
    [InlineData("America/Sao_Paulo", "2026-01-01", "-03")]
    [InlineData("Africa/Casablanca", "2026-01-01", "+01")]
    public void At_NamedZone_HasItsShortName(string zone, string date, string expected) =>
        Assert.Equal(expected, Zones.Find(zone).At(Utc(date)).Name);

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Stockholm")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Australia/Sydney")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Asia/Tehran")]
    [InlineData("America/Havana")]
    public void At_AnyTime_HasTheOffsetThatTheRuntimeHas(string zone)
    {
        var rules = Zones.Find(zone);
        var reference = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var random = new Random(7);
        var first = Utc("1980-01-01").UtcTicks;
        var span = Utc("2090-01-01").UtcTicks - first;
        var offsets = new HashSet<TimeSpan>();
        for (var round = 0; round < 5000; round++)
        {
            var time = new DateTimeOffset(first + (long)(random.NextDouble() * span), TimeSpan.Zero);
            Assert.Equal(reference.GetUtcOffset(time), rules.GetUtcOffset(time));
            offsets.Add(rules.GetUtcOffset(time));
        }

        Assert.Equal(zone == "UTC", offsets.Count == 1);
    }

    /// <summary>To the second, in each year up to the time when the calendar has come round.</summary>
    [Theory]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Stockholm")]
    [InlineData("EST5EDT", "America/New_York")]
    [InlineData("EST5EDT4,M3.2.0/2:00:00,M11.1.0/02", "America/New_York")]
    [InlineData("AEST-10AEDT,M10.1.0,M4.1.0/3", "Australia/Sydney")]
    [InlineData("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "Australia/Lord_Howe")]
    [InlineData("JST-9", "Asia/Tokyo")]
    public void FromPosix_RulesOfANamedZone_AreTheSame(string text, string zone)
    {
        var posix = ZoneRules.FromPosix(text)!;
        var file = Zones.Find(zone);
        for (var year = 2026; year < 2450; year++)
        {
            for (var hour = 0; hour < 366 * 24; hour += 7)
            {
                var time = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hour);
                if (posix.At(time) != file.At(time))
                {
                    Assert.Fail($"{time}: {posix.At(time)} and {file.At(time)}");
                }
            }

            foreach (var time in Changes(file, year))
            {
                Assert.Equal(file.At(time), posix.At(time));
                Assert.Equal(file.At(time.AddSeconds(-1)), posix.At(time.AddSeconds(-1)));
                Assert.NotEqual(posix.At(time), posix.At(time.AddSeconds(-1)));
            }
        }
    }

    [Theory]
    [InlineData("XXX3YYY,J60/0,J300/0", "2024-03-01T02:59:59", "XXX")] // 60 is the first of March, in leap years too
    [InlineData("XXX3YYY,J60/0,J300/0", "2024-03-01T03:00:00", "YYY")]
    [InlineData("XXX3YYY,59/0,300/0", "2024-02-29T03:00:00", "YYY")] // the 60th day, whatever it is called
    [InlineData("XXX3YYY,59/0,300/0", "2026-03-01T03:00:00", "YYY")]
    [InlineData("XXX3EDT4,0/0,J365/23", "2026-06-01T00:00:00", "EDT")] // all the year
    [InlineData("XXX3EDT4,0/0,J365/23", "2027-01-01T03:30:00", "EDT")]
    [InlineData("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "2026-03-29T01:00:00", "-02")] // before the day begins
    public void FromPosix_OtherDays_AreFound(string text, string time, string expected) =>
        Assert.Equal(expected, ZoneRules.FromPosix(text)!.At(Utc(time)).Name);

    [Theory]
    [InlineData("")]
    [InlineData("CE-1")]
    [InlineData("CET")]
    [InlineData("CET-x")]
    [InlineData("CET-25")]
    [InlineData("CET-1:60")]
    [InlineData("CET-1CEST,M3.5.0")]
    [InlineData("CET-1CEST,M13.5.0,M10.5.0")]
    [InlineData("CET-1CEST,M3.6.0,M10.5.0")]
    [InlineData("CET-1CEST,M3.5.7,M10.5.0")]
    [InlineData("CET-1CEST,J0,J300")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/168")]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0 ")]
    [InlineData("<CET-1")]
    [InlineData("Nowhere/Atlantis")]
    public void FromPosix_Nonsense_IsNoZone(string text) => Assert.Null(ZoneRules.FromPosix(text));

    [Fact]
    public void FromFile_CutOrSpoilt_IsNoZoneAndNoCrash()
    {
        var content = File.ReadAllBytes(Path.Combine(Zones.Folder, "Europe/Stockholm"));
        for (var length = 0; length < content.Length; length++)
        {
            Assert.Null(ZoneRules.FromFile(content.AsSpan(0, length)));
        }

        var random = new Random(3);
        for (var round = 0; round < 5000; round++)
        {
            var spoilt = (byte[])content.Clone();
            spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
            _ = ZoneRules.FromFile(spoilt)?.At(Utc("2026-01-01"));
        }
    }

    [Fact]
    public void Equals_SameZoneByAnotherName_IsEqual()
    {
        Assert.Equal(Zones.Find("Europe/Stockholm"), Zones.Find("Europe/Stockholm"));
        Assert.NotEqual(Zones.Find("Europe/Stockholm"), Zones.Find("Europe/Athens"));
    }

    private static IEnumerable<DateTimeOffset> Changes(ZoneRules zone, int year)
    {
        var time = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var day = 0; day < 365; day++, time = time.AddDays(1))
        {
            if (zone.At(time) == zone.At(time.AddDays(1)))
            {
                continue;
            }

            (var low, var high) = (0, 86_400);
            while (high - low > 1)
            {
                var middle = (low + high) / 2;
                (low, high) = zone.At(time.AddSeconds(middle)) == zone.At(time) ? (middle, high) : (low, middle);
            }

            yield return time.AddSeconds(high);
        }
    }

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal);
}
