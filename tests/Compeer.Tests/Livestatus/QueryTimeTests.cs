using System.Globalization;
using System.Text;
using Compeer.Livestatus;

namespace Compeer.Tests.Livestatus;

/// <summary>How long a query may run: as long as the client allows, and no longer than the daemon does. Looked at while it runs, in each
/// way in which rows are gone through.</summary>
public sealed class QueryTimeTests
{
    private static readonly LivestatusLimits Limits = new() { LongestQuery = TimeSpan.FromSeconds(20) };

    /// <summary>One look per way: rows, rows to be sorted, groups, sums by batches and sums by rows.</summary>
    public static TheoryData<string> Ways =>
    [
        "GET services\nColumns: description\n",
        "GET services\nColumns: description\nSort: state asc\n",
        "GET services\nColumns: host_name\nStats: state = 0\n",
        "GET services\nStats: state = 0\n",
        "GET log\nStats: class = 0\n",
        "GET log\n",
        "GET statehist\nFilter: time >= 1\n",
    ];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Client_AllowsLessThanTheDaemon_EndsThen(string request)
    {
        Assert.Equal("200", CodeOf(request + "Timelimit: 5\n", afterSeconds: 4.9, out _));
        Assert.Equal("413", CodeOf(request + "Timelimit: 5\n", afterSeconds: 5, out var answer));
        Assert.Contains("the query took longer than 5 seconds", answer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Daemon_WhateverTheClientAllows_EndsAtItsOwn(string request)
    {
        foreach (var header in new[] { "", "Timelimit: 3600\n" })
        {
            Assert.Equal("200", CodeOf(request + header, afterSeconds: 19.9, out _));
            Assert.Equal("413", CodeOf(request + header, afterSeconds: 20, out var answer));
            Assert.Contains("the query took longer than 20 seconds", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Daemon_ThatStops_EndsIt(string request)
    {
        var site = Site();
        site.Stopping.Cancel();
        Assert.Contains(
            "the query is cancelled: the daemon is stopping", site.Ask(request + "ResponseHeader: fixed16\n"), StringComparison.Ordinal);
    }

    /// <summary>A look at least every thousand lines, however few rows come of them.</summary>
    [Theory]
    [InlineData("GET log\nFilter: host_name = h1\n")]
    [InlineData("GET log\nFilter: time < 1700000000\n")]
    [InlineData("GET statehist\nFilter: time >= 1\nFilter: host_name = h1\n")]
    public void Log_OfManyLinesAndFewRows_IsNotReadOnWhenTheTimeIsOver(string request)
    {
        var site = Site(lines: 30_000);
        site.ElapsedPerLook = TimeSpan.FromSeconds(1);
        Assert.StartsWith("413 ", site.Ask(request + "ResponseHeader: fixed16\n"), StringComparison.Ordinal);
        Assert.InRange(site.Elapsed, Limits.LongestQuery, Limits.LongestQuery + TimeSpan.FromSeconds(2));
    }

    private static string CodeOf(string request, double afterSeconds, out string answer)
    {
        var site = Site();
        site.Elapsed = TimeSpan.FromSeconds(afterSeconds);
        answer = site.Ask(request + "ResponseHeader: fixed16\n");
        return answer[..3];
    }

    private static LivestatusSite Site(int lines = 600)
    {
        var site = ManyServices.Site(seed: 1, Limits);
        var log = new StringBuilder();
        for (var line = 0; line < lines; line++)
        {
            log.Append(CultureInfo.InvariantCulture, $"[{1_700_000_000 + line}] SERVICE ALERT: h0;s00;CRITICAL;HARD;1;text\n");
        }

        site.AddLog(log.ToString());
        return site;
    }
}
