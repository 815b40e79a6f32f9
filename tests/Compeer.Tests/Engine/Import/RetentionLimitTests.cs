using Compeer.Configuration.Retained;
using Compeer.Engine.Import;
using Compeer.Engine.Model;
using Compeer.Tests.Engine.Maintenance;

namespace Compeer.Tests.Engine.Import;

/// <summary>A <c>retention.dat</c> of any length.</summary>
public sealed class RetentionLimitTests : EntryHarness
{
    /// <summary>A file with more than there may be: what there is room for is taken, the rest is counted, and little is remembered of
    /// it. A dry run says the same.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Import_MoreThanThereMayBe_IsRefusedAndCounted(bool isDryRun)
    {
        const int Beyond = 500;
        Start();
        var import = new RetentionImport { IsDryRun = isDryRun };
        for (var number = 1; number <= EngineLimits.Comments + Beyond; number += Beyond)
        {
            Output.Clear();
            Engine.Import(Clock.Now, import, [.. Enumerable.Range(number, Beyond).Select(CommentOf)], isLast: false, Output);
        }

        for (var number = 1; number <= EngineLimits.Downtimes + Beyond; number += Beyond)
        {
            Output.Clear();
            Engine.Import(Clock.Now, import, [.. Enumerable.Range(number, Beyond).Select(DowntimeOf)], isLast: false, Output);
        }

        Output.Clear();
        Engine.Import(Clock.Now, import, [], isLast: true, Output);
        var report = import.Report;
        Assert.Equal((EngineLimits.Comments, 0), report.Counts["comments"]);
        Assert.Equal((EngineLimits.Downtimes, 0), report.Counts["downtimes"]);
        Assert.Equal(2 * Beyond, report.Refusals);
        Assert.Equal(ImportReport.MostNames, report.Refused.Count);
        Assert.Equal(ImportReport.MostNames, report.UnknownKeys.Count);
        Assert.Equal("line 100001: there would be more than 100000 comments", report.Refused[0]);
        Assert.All(report.UnknownKeys.Keys, key => Assert.InRange(key.Length, 1, ImportReport.LongestName + 3));
        Assert.Equal(isDryRun ? 0 : EngineLimits.Comments, Engine.Snapshot(Clock.Now).Comments.Count);
        Assert.Equal(isDryRun ? 0 : EngineLimits.Downtimes, Engine.Snapshot(Clock.Now).Downtimes.Count);
    }

    private RetainedBlock CommentOf(int number) => new("hostcomment", number,
    [
        new("host_name", "web1"), new("entry_type", "1"), new("comment_id", $"{number}"), new("persistent", "1"),
        new("entry_time", $"{Seconds}"), new("author", "eve"), new("comment_data", $"text {number}"),
        new($"mood{number % 100}" + new string('x', 2 * ImportReport.LongestName), "good"),
    ]);

    /// <summary>Every second one is triggered by the one before, and waits for the end of the file.</summary>
    private RetainedBlock DowntimeOf(int number) => new("hostdowntime", number,
    [
        new("host_name", "web2"), new("downtime_id", $"{number}"), new("entry_time", $"{Seconds}"),
        new("start_time", $"{Seconds + 600}"), new("end_time", $"{Seconds + 1200}"), new("fixed", "1"), new("duration", "600"),
        new("triggered_by", number % 2 == 0 ? $"{number - 1}" : "0"), new("author", "eve"), new("comment", $"text {number}"),
    ]);
}
