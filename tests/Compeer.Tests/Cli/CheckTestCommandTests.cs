using Compeer.Api;

namespace Compeer.Tests.Cli;

/// <summary><c>mon check test</c>: the plugin's words and exit code as they are.</summary>
public sealed class CheckTestCommandTests : IDisposable
{
    private static readonly CheckTestResult Result = new("peer02", 0, "OK - fine\n", "", DateTimeOffset.UnixEpoch, 0.2);

    private readonly CliHarness _mon = new();

    public void Dispose() => _mon.Dispose();

    [Theory]
    [InlineData("web01", "test web01||")]
    [InlineData("web01 PING", "test web01|PING|")]
    [InlineData("--node=peer02 web01 PING", "test web01|PING|peer02")]
    public async Task Test_AsksForWhatIsTyped(string words, string asked)
    {
        _mon.Client.Tested = new(Result);
        Assert.Equal(new CliRun(0, "OK - fine\n", ""), await _mon.RunAsync(["check", "test", .. words.Split(' ')]));
        Assert.Equal(asked, Assert.Single(_mon.Client.Asked));
    }

    [Theory]
    [InlineData(2, "", 2, "")]
    [InlineData(127, "", 3, "UNKNOWN: peer02: the plugin ended with 127, which is no state\n")]
    [InlineData(3, "no", 3, "UNKNOWN: peer02: no\n")]
    public async Task Test_Result_IsTheExitCode(int code, string problem, int expected, string said)
    {
        _mon.Client.Tested = new(Result with { ReturnCode = code, Problem = problem });
        Assert.Equal(new CliRun(expected, "OK - fine\n" + said, ""), await _mon.RunAsync("check", "test", "web01"));
    }

    [Fact]
    public async Task Test_DaemonDoesNotAnswer_IsUnknown() => Assert.Equal(
        new CliRun(3, "UNKNOWN: mond is not running (no answer at SOCKET)\n", ""), await _mon.RunAsync("check", "test", "web01"));

    [Fact]
    public async Task Test_WithoutAHost_IsUnknownWithTheUsage()
    {
        var run = await _mon.RunAsync("check", "test");
        Assert.Equal((3, ""), (run.ExitCode, run.Error));
        Assert.Contains("there is no host; usage: mon check test", run.Out, StringComparison.Ordinal);
        Assert.Equal(3, (await _mon.RunAsync("check", "test", "a", "b", "c")).ExitCode);
    }
}
