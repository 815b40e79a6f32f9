using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Commands;

/// <summary><c>mon start</c>, <c>stop</c>, <c>restart</c> and <c>status</c> with a real daemon.</summary>
public sealed class DaemonControlTests : ClusterTest
{
    [Fact]
    public async Task Commands_InAnyState_LeaveWhatTheyPromise()
    {
        var node = Single(TracedSite(hosts: 2, services: 1));

        (await node.MonAsync("status")).Expect(3);
        (await node.MonAsync("stop")).Expect(0);

        (await node.MonAsync("start")).Expect(0);
        var first = node.Pid;
        (await node.MonAsync("status")).Expect(0);
        var again = (await node.MonAsync("start")).Expect(0);
        Assert.Contains($"already running (pid {first})", again.Text, StringComparison.Ordinal);
        Assert.Equal(first, node.Pid);
        var second = (await node.MondAsync()).Expect(1);
        Assert.Contains($"already running (pid {first}", second.Error, StringComparison.Ordinal);

        (await node.MonAsync("restart")).Expect(0);
        var restarted = node.Pid;
        Assert.NotEqual(first, restarted);
        Assert.False(ProcessTable.IsAlive(first), "the first daemon still runs");
        Assert.Equal(restarted, (await node.StatusAsync()).Pid);

        (await node.MonAsync("stop")).Expect(0);
        Assert.False(ProcessTable.IsAlive(restarted), "mon stop returned while the daemon ran");
        Assert.False(File.Exists(node.Paths.ApiSocket), "the socket is still there");
        (await node.MonAsync("stop")).Expect(0);
        (await node.MonAsync("status")).Expect(3);

        (await node.MonAsync("restart")).Expect(0);
        (await node.MonAsync("status")).Expect(0);
        (await node.MonAsync("stop")).Expect(0);
        await Eventually.HoldsAsync(
            "after the last stop",
            "no process is left",
            Limits.Moment,
            () => Folder.Processes() is { Count: > 0 } left ? string.Join("; ", left) : null,
            node);
    }

    [Fact]
    public async Task Start_WithSignalsIgnoredByTheStarter_HeedsThem()
    {
        var node = Single(TracedSite(hosts: 1, services: 1, interval: 1));
        await node.StartAsync("/bin/sh", "-c", $"trap '' HUP USR1 TERM; exec '{Programs.Mond}'");
        node.Signal(Native.Hangup);
        await Eventually.HoldsAsync(
            "SIGHUP",
            "the log says that nothing changed",
            Limits.LiveChange,
            () => node.LogTexts.Contains("configuration reloaded: nothing changed") ? null : "not yet",
            node);
        File.Move(node.LogFile, node.LogFile + ".1");
        node.Signal(Native.UserSignal1);
        await Eventually.HoldsAsync(
            "SIGUSR1", "a new log is there", Limits.LiveChange, () => File.Exists(node.LogFile) ? null : "it is not", node);
        Plugin.SetResult("h01:s1", 1, "after SIGUSR1");
        await Eventually.HoldsAsync(
            "SIGUSR1",
            "a new log has the alert",
            Limits.LiveChange,
            () => node.LogTexts.Any(line => line.EndsWith(";after SIGUSR1", StringComparison.Ordinal)) ? null : "it has not",
            node);
        node.Signal(Native.Terminate);
        Assert.Equal(0, await node.ExitCodeAsync());
    }

    [Fact]
    public async Task Restart_WithABrokenConfiguration_LeavesTheRunningDaemonAlone()
    {
        var node = Single(TracedSite(hosts: 2, services: 1, interval: 1));
        (await node.MonAsync("start")).Expect(0);
        var pid = node.Pid;
        var broken = Path.Combine(node.Paths.ConfigurationFolder, "objects", "broken.cfg");
        await File.WriteAllTextAsync(broken, "define host {\n  host_name  h09\n  colour  blue\n}\n");

        var restart = (await node.MonAsync("restart")).Expect(1);

        Assert.Contains("broken.cfg:3:", restart.Text, StringComparison.Ordinal);
        Assert.Equal(pid, node.Pid);
        await AssertChecksGoOnAsync(node);
        File.Delete(broken);
        (await node.MonAsync("restart")).Expect(0);
        Assert.NotEqual(pid, node.Pid);

        pid = node.Pid;
        await File.AppendAllTextAsync(node.Paths.MerlinConfiguration, "peer p9 {\n");
        var refused = (await node.MonAsync("restart")).Expect(1);
        Assert.Single(refused.Text.Split('\n'), line => line.Contains("merlin.conf:", StringComparison.Ordinal));
        Assert.Equal(pid, node.Pid);
        await AssertChecksGoOnAsync(node);
    }

    [Fact]
    public async Task Start_AfterSigkill_TakesOverWhatTheDeadDaemonLeft()
    {
        var node = Single(TracedSite(hosts: 1, services: 1, interval: 1));
        (await node.MonAsync("start")).Expect(0);
        var pid = node.Pid;
        node.Kill();
        await node.WaitForEndAsync(pid);
        Assert.True(File.Exists(node.Paths.PidFile) && File.Exists(node.Paths.ApiSocket), "SIGKILL should leave pid file and socket");

        (await node.MonAsync("status")).Expect(3);
        (await node.MonAsync("stop")).Expect(0);
        (await node.MonAsync("start")).Expect(0);

        Assert.NotEqual(pid, node.Pid);
        (await node.MonAsync("status")).Expect(0);
        await AssertChecksGoOnAsync(node);
    }

    [Fact]
    public async Task Start_RightAfterSigkill_DoesNotTakeTheDyingDaemonForARunningOne()
    {
        var node = Single(TracedSite(hosts: 1, services: 1, interval: 1));
        (await node.MonAsync("start")).Expect(0);
        var pid = node.Pid;
        for (var i = 0; i < 3; i++)
        {
            node.Kill();
            await node.StartAsync();
            Assert.NotEqual(pid, node.Pid);
            pid = node.Pid;

            node.Kill();
            (await node.MonAsync("start")).Expect(0);
            Assert.NotEqual(pid, node.Pid);
            pid = node.Pid;
        }

        await AssertChecksGoOnAsync(node);
    }

    [Fact]
    public async Task Stop_WithACheckThatHangs_IsNotHeldUpAndLeavesNoPlugin()
    {
        Folder.Script("hangs", "sleep 1000 & sleep 1000");
        var node = Single(new SiteConfiguration(Folder).Command("hangs", "$USER3$/hangs").Host("h", "hangs", interval: 1));
        (await node.MonAsync("start")).Expect(0);
        await Eventually.HoldsAsync(
            "the plugin hangs",
            "it runs",
            Limits.Moment,
            async () => (await node.StatusAsync()).ChecksRunning == 1 ? null : "it does not",
            node);

        var stop = (await node.MonAsync("stop")).Expect(0);

        Assert.True(stop.Duration < Limits.Moment, $"a hanging check held the stop up for {stop.Duration.TotalSeconds:0.0} s");
        await Eventually.HoldsAsync(
            "after the stop",
            "no process is left",
            Limits.Moment,
            () => Folder.Processes() is { Count: > 0 } left ? string.Join("; ", left) : null,
            node);
    }

    private static async Task AssertChecksGoOnAsync(MonitorNode node)
    {
        var completed = (await node.StatusAsync()).ChecksCompleted;
        await Eventually.HoldsAsync(
            "the daemon goes on",
            "more checks complete",
            Limits.Moment,
            async () => (await node.StatusAsync()).ChecksCompleted > completed ? null : "none",
            node);
    }
}
