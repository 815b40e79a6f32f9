using System.Text;

namespace Compeer.Tests.Livestatus;

/// <summary>Each limit of a request, by one that goes beyond it by one.</summary>
public sealed class RequestLimitsTests
{
    private const string Header = "ResponseHeader: fixed16\n";

    [Theory]
    [InlineData(65_536, "GET")]
    [InlineData(65_537, "a line of a request has at most 65536 bytes")]
    public void Line_TooLong_IsRefused(int length, string answer)
    {
        var site = Site();
        var line = "GET hosts" + new string(' ', length - "GET hosts".Length);
        var request = Encoding.ASCII.GetBytes($"{line}\nColumns: name\n");
        var expected = answer == "GET" ? "h0\nh1\nh2\nh3\nh4\nh5\n" : answer + "\n";
        Assert.Equal(expected, Encoding.ASCII.GetString(site.AskBytes(request)));
    }

    [Fact]
    public void Request_TooLong_IsRefused()
    {
        var site = Site();
        var many = string.Concat(Enumerable.Repeat($"Limit: 1{new string(' ', 1000)}\n", 1100));
        Assert.Equal("a request has at most 1048576 bytes\n", site.Ask($"GET hosts\n{many}"));
        Assert.StartsWith("h0\n", site.Ask($"GET hosts\nColumns: name\nLimit: 1\n{many[..500_000]}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Columns: name", "Columns: at most 10000 are possible")]
    [InlineData("Filter: state = 0", "Filter: at most 10000 are possible")]
    [InlineData("Stats: state = 0", "Stats: at most 10000 are possible")]
    [InlineData("Sort: name", "Sort: at most 10000 are possible")]
    [InlineData("WaitObject: h0\nWaitCondition: state = 0", "WaitCondition: at most 10000 are possible")]
    public void Parts_OneTooMany_AreRefused(string line, string message)
    {
        var site = Site();
        string Of(int count) => site.Ask($"GET hosts\n{Header}{string.Concat(Enumerable.Repeat($"{line}\n", count))}");
        Assert.StartsWith("200 ", Of(10_000), StringComparison.Ordinal);
        var refused = Of(10_001);
        Assert.StartsWith("4", refused, StringComparison.Ordinal);
        Assert.Contains(message, refused, StringComparison.Ordinal);
    }

    private static LivestatusSite Site() => ManyServices.Site(seed: 1);
}
