using Compeer.Tests.Engine;

namespace Compeer.Tests.Livestatus;

/// <summary>Which time of the log a query asks for, by its filters.</summary>
public sealed class LogWindowTests
{
    private const string Objects =
        "define command {\n command_name x\n command_line /bin/true\n}\n"
        + "define host {\n host_name a\n check_command x\n max_check_attempts 1\n}\n";

    private static readonly long Now = TestClock.Epoch.ToUnixTimeSeconds();

    [Theory]
    [InlineData("", 0, long.MaxValue)]
    [InlineData("Filter: time >= 1000\nFilter: time < 2000\n", 1000, 1999)]
    [InlineData("Filter: time > 1000\nFilter: time <= 2000\n", 1001, 2000)]
    [InlineData("Filter: time !< 1000\nFilter: time !> 2000\n", 1000, 2000)]
    [InlineData("Filter: time = 1000\n", 1000, 1000)]
    [InlineData("Filter: time != 1000\n", 0, long.MaxValue)]
    [InlineData("Filter: time >= 1000\nFilter: time < 2000\nAnd: 2\nFilter: time = 3000\nOr: 2\n", 1000, 3000)]
    [InlineData("Filter: time >= 1000\nFilter: class = 1\nOr: 2\n", 0, long.MaxValue)]
    [InlineData("Filter: time >= 1000\nNegate:\n", 0, long.MaxValue)]
    [InlineData("Filter: class = 1\nFilter: time >= 1000\nFilter: host_name = x\nAnd: 3\n", 1000, long.MaxValue)]
    public void Filters_SayWhichTimeIsRead(string filters, long first, long last)
    {
        var site = new LivestatusSite("", Objects);
        site.Ask($"GET log\n{filters}");
        Assert.Equal((first, Math.Min(last, Now)), site.AskedOfLog);
        if (first > 0)
        {
            site.Ask($"GET statehist\n{filters}");
            Assert.Equal((first, Math.Min(last, Now)), first == last ? (first, last) : site.AskedOfLog);
        }
    }

    [Fact]
    public void ClientsClock_IsMadeOurs()
    {
        var site = new LivestatusSite("", Objects);
        site.Ask($"GET log\nFilter: time >= 10000\nLocaltime: {Now + 3600}\n");
        Assert.Equal((10000 - 3600, Now), site.AskedOfLog);
    }
}
