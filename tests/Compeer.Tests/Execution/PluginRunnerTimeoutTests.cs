using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

public sealed class PluginRunnerTimeoutTests : IDisposable
{
    private readonly RunnerHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Timeout_PluginHangs_IsReportedWithTheOutputSoFar()
    {
        var result = await _harness.Run("/bin/sh -c 'echo so far; echo bad >&2; sleep 300'", TimeSpan.FromSeconds(1.5));
        Assert.Equal((PluginOutcome.TimedOut, 0), (result.Outcome, result.Code));
        Assert.Equal("so far\n", RunnerHarness.Text(result.StandardOutput));
        Assert.Equal("bad\n", RunnerHarness.Text(result.StandardError));
        Assert.InRange(result.Duration.TotalSeconds, 1.5, 30);
        await RunnerHarness.Until(() => _harness.Runner.Status.Running == 0, "the killed plugin is reaped");
    }

    [Fact]
    public async Task Timeout_GrandchildrenAndDeafPlugin_AreKilledToo()
    {
        var result = await _harness.Run(
            "/bin/sh -c 'trap \"\" TERM INT HUP; echo $$; sleep 300 & echo $!; (sleep 300 & echo $!; wait) & echo $!; wait'",
            TimeSpan.FromSeconds(2));
        var group = Processes.Numbers(RunnerHarness.Text(result.StandardOutput));
        Assert.Equal(PluginOutcome.TimedOut, result.Outcome);
        Assert.Equal(4, group.Length);
        await RunnerHarness.Until(() => !group.Any(Processes.IsAlive), "the whole process group is gone");
    }

    [Fact]
    public async Task Timeout_ShorterThanTheWatch_StillKillsAndReports()
    {
        var result = await _harness.Run("/bin/sleep 300", TimeSpan.FromMilliseconds(20));
        Assert.Equal(PluginOutcome.TimedOut, result.Outcome);
        Assert.True(result.Duration < TimeSpan.FromSeconds(100));
    }

    [Fact]
    public async Task Timeout_PluginFloodsUntilKilled_IsReportedOnTime()
    {
        var result = await _harness.Run("/usr/bin/yes", TimeSpan.FromSeconds(1.5));
        Assert.Equal((PluginOutcome.TimedOut, true), (result.Outcome, result.Truncated));
        Assert.Equal(PluginRunnerOptions.DefaultOutputLimit, result.StandardOutput.Length);
    }

    [Fact]
    public async Task Timeout_ManyDifferentLimits_EachAtItsOwn()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(1, 30).Reverse().Select(i => _harness.Run("/bin/sleep 300", TimeSpan.FromMilliseconds(20 * i))));
        foreach ((var result, var i) in results.Zip(Enumerable.Range(1, 30).Reverse()))
        {
            Assert.Equal(PluginOutcome.TimedOut, result.Outcome);
            Assert.True(result.Duration.TotalMilliseconds >= 20 * i, $"limit {20 * i} ms: killed after {result.Duration}");
        }
    }

    [Fact]
    public async Task Timeout_VeryLong_IsNoOverflow()
    {
        var result = await _harness.Run("/bin/sleep 0.2", TimeSpan.MaxValue);
        Assert.Equal((PluginOutcome.Exited, 0), (result.Outcome, result.Code));
    }
}
