using System.Text;
using Compeer.Daemon.CheckResults;
using Compeer.Engine.Model;
using Compeer.Tests.Engine;

namespace Compeer.Tests.Daemon.CheckResults;

/// <summary>What files of check results say, by Naemon's rules.</summary>
public sealed class CheckResultReaderTests
{
    private static readonly DateTimeOffset Now = TestClock.Epoch;

    [Fact]
    public void File_WithTwoResults_GivesBoth()
    {
        var content = Read("""
            ### a comment
            file_time=1772600767

            host_name=web1
            service_description=HTTP
            check_type=1
            check_options=0
            scheduled_check=0
            latency=0.5
            start_time=1772600000.250000
            finish_time=1772600001.500000
            early_timeout=0
            exited_ok=1
            return_code=2
            output=bad = really|a=1\nmore\nlines|b=2

            host_name=web1
            return_code=0
            output=up
            """);
        Assert.Empty(content.Findings);
        Assert.Equal(2, content.Results.Count);
        var service = content.Results[0];
        Assert.Equal(("web1", "HTTP", true), (service.Host, service.Service, service.IsPassive));
        Assert.Equal((CheckOutcome.Exited, 2), (service.Result.Outcome, service.Result.ReturnCode));
        Assert.Equal(
            ("bad = really", "more\nlines", "a=1 b=2"),
            (service.Result.Output.Text(), service.Result.LongOutput.Text(), service.Result.PerformanceData.Text()));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1772600000.25), service.Result.StartedAt);
        Assert.Equal(TimeSpan.FromSeconds(1.25), service.Result.Duration);
        var host = content.Results[1];
        Assert.Equal(("web1", null, false), (host.Host, host.Service, host.IsPassive));
        Assert.Equal((Now, TimeSpan.Zero), (host.Result.StartedAt, host.Result.Duration));
    }

    [Theory]
    [InlineData("early_timeout=1", CheckOutcome.TimedOut)]
    [InlineData("exited_ok=0", CheckOutcome.NotStarted)]
    [InlineData("exited_ok=1", CheckOutcome.Exited)]
    public void Result_OfACheckThatFailed_SaysHow(string line, CheckOutcome outcome) =>
        Assert.Equal(outcome, Assert.Single(Read($"host_name=h\n{line}\noutput=x").Results).Result.Outcome);

    [Theory]
    [InlineData("host_name=h\nreturn_code=1")]
    [InlineData("output=x\nreturn_code=1")]
    [InlineData("host_name=h\n\noutput=x")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void Result_WithoutHostOrOutput_IsNone(string text) => Assert.Empty(Read(text).Results);

    [Fact]
    public void Line_ThatEndsInABackslash_GoesOn() =>
        Assert.Equal("abc", Assert.Single(Read("host_name=h\noutput=a\\\nb\\\nc\n").Results).Result.Output.Text());

    [Fact]
    public void Result_WithWordsForANumber_IsLeftOutAndTheOthersNot()
    {
        var content = Read("host_name=h\nreturn_code=bad\noutput=x\n\nhost_name=g\noutput=y");
        Assert.Equal("g", Assert.Single(content.Results).Host);
        Assert.Equal("a result of host 'h' is left out: 'bad' is no return_code", Assert.Single(content.Findings));
    }

    [Theory]
    [InlineData(60, 61, true)]
    [InlineData(60, 60, false)]
    [InlineData(0, 61, false)]
    public void File_OlderThanAllowed_IsNotRead(int longest, int age, bool isTooOld)
    {
        var time = Now.ToUnixTimeSeconds() - age;
        var content = CheckResultReader.Read(
            Encoding.UTF8.GetBytes($"file_time={time}\nhost_name=h\noutput=x"), Now, TimeSpan.FromSeconds(longest));
        Assert.Equal((isTooOld, isTooOld ? 0 : 1), (content.IsTooOld, content.Results.Count));
    }

    private static CheckResultContent Read(string text) =>
        CheckResultReader.Read(Encoding.UTF8.GetBytes(text), Now, TimeSpan.FromHours(1));
}
