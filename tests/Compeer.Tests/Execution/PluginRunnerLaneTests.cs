using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

public sealed class PluginRunnerLaneTests
{
    [Theory]
    [InlineData(Lane.Hosts)]
    [InlineData(Lane.Notifications)]
    [InlineData(Lane.Handlers)]
    public async Task Lane_ServicesHangAndWait_OthersRunAtOnce(Lane lane)
    {
        using var harness = new RunnerHarness(new PluginRunnerOptions { MaxConcurrent = 2 });
        for (var i = 0; i < 1000; i++)
        {
            _ = harness.Run("/bin/sleep 300");
        }

        await RunnerHarness.Until(() => harness.Runner.Status.Services is { Running: 2, Waiting: 998 }, "services hang and wait");
        var result = await harness.Run("/bin/echo x", lane: lane);
        Assert.Equal("x\n", RunnerHarness.Text(result.StandardOutput));
        Assert.Single(harness.Results);
        Assert.Equal(998, harness.Runner.Status.Services.Waiting);
    }

    [Fact]
    public async Task Status_ServicesWait_SaysForHowLong()
    {
        var time = new SteppedTime();
        using var harness = new RunnerHarness(new PluginRunnerOptions { MaxConcurrent = 2 }, time);
        for (var i = 0; i < 4; i++)
        {
            _ = harness.Run("/bin/sleep 300", TimeSpan.FromHours(1));
        }

        await RunnerHarness.Until(() => harness.Runner.Status.Services.Running == 2, "two run");
        time.Step(TimeSpan.FromSeconds(90));
        var status = harness.Runner.Status;
        Assert.Equal((2, 2), (status.Services.Limit, status.Services.Waiting));
        Assert.InRange(status.Services.OldestWait.TotalSeconds, 90, 89 + 60);
        Assert.Equal((0, TimeSpan.Zero), (status.Hosts.Waiting, status.Hosts.OldestWait));
    }

    [Theory]
    [InlineData(0, 1_000_000, 512, 1024, 128, 64)]
    [InlineData(4, 1_000_000, 512, 4, 128, 64)]
    [InlineData(50_000, 1_000_000, 512, 50_000, 128, 64)]
    [InlineData(0, 1024, 75, 151, 18, 9)]
    [InlineData(0, 0, 2, 2, 2, 2)]
    [InlineData(1, 1_000_000, 512, 1, 128, 64)]
    public void Choose_LimitsOfNaemonAndOfTheSystem_GiveEachLaneItsPart(
        int asked, long openFiles, int hosts, int services, int notifications, int handlers) => Assert.Equal(
        new LaneLimits(hosts, services, notifications, handlers), LaneLimits.Choose(asked, openFiles));

    [RootFact]
    public async Task TimeLimit_PluginCannotBeKilled_GivesItsPlaceFree()
    {
        // A thread without the right to kill others' processes, which the threads that it makes inherit.
        RunnerHarness? made = null;
        var thread = new Thread(() =>
        {
            Capabilities.Drop(Capabilities.Kill);
            made = new RunnerHarness(new PluginRunnerOptions { MaxConcurrent = 1 });
        });
        thread.Start();
        thread.Join();
        using var harness = made!;
        var stuck = await harness.Run(
            "/usr/bin/setpriv --reuid=65534 --regid=65534 --clear-groups /bin/sh -c 'echo $$; exec sleep 300'",
            TimeSpan.FromSeconds(1));
        var pid = Processes.Numbers(RunnerHarness.Text(stuck.StandardOutput)).Single();
        try
        {
            Assert.Equal(PluginOutcome.TimedOut, stuck.Outcome);
            Assert.True(Processes.IsAlive(pid), "it was killed: the test shows nothing");
            var next = await harness.Run("/bin/echo next");
            Assert.Equal("next\n", RunnerHarness.Text(next.StandardOutput));
            await RunnerHarness.Until(() => !harness.Notices.IsEmpty, "it is told");
            Assert.Equal(1, harness.Runner.Status.CannotBeKilled);
            Assert.Equal(
                new RunnerNotice(RunnerNoticeKind.CannotBeKilled, pid, "/usr/bin/setpriv"), Assert.Single(harness.Notices));
        }
        finally
        {
            Processes.Kill(pid);
        }

        await RunnerHarness.Until(() => harness.Notices.Count == 2, "its end is told");
        Assert.Equal((RunnerNoticeKind.AllKilled, 0), (harness.Notices.Last().Kind, harness.Runner.Status.CannotBeKilled));
        await RunnerHarness.Until(() => !Directory.Exists($"/proc/{pid}"), "it is reaped");
    }
}
