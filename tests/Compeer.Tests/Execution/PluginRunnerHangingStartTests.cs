using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

/// <summary>Plugins on a file system that does not answer.</summary>
public sealed class PluginRunnerHangingStartTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(40);

    private readonly TemporaryDirectory _directory = new();
    private readonly RunnerHarness _harness = new(new PluginRunnerOptions { Threads = 2, MaxConcurrent = 4 });

    public void Dispose()
    {
        _harness.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Start_ManyProgramsHang_OthersRun()
    {
        string[] programs = [.. Enumerable.Range(0, 4).Select(i => Plugin($"hangs{i}"))];
        Lease[] leases = [.. programs.Select(program => new Lease(program))];
        Task<PluginResult>[] hanging = [.. programs.Select(program => _harness.Run(program, Long))];
        await RunnerHarness.Until(() => _harness.Runner.Status.StartsHanging == 4, "four starts are left behind");
        var hosts = await _harness.Run("/bin/echo up", lane: Lane.Hosts);
        Assert.Equal("up\n", RunnerHarness.Text(hosts.StandardOutput));
        Assert.All(hanging, run => Assert.False(run.IsCompleted));

        Array.ForEach(leases, lease => lease.Dispose());
        var results = await Task.WhenAll(hanging);
        Assert.All(results, result => Assert.Equal((PluginOutcome.Exited, 3), (result.Outcome, result.Code)));
        Assert.All(results, result => Assert.Equal("ran\n", RunnerHarness.Text(result.StandardOutput)));
        Assert.Equal((0, 0), (_harness.Runner.Status.StartsHanging, _harness.Runner.Status.Running));
    }

    [Fact]
    public async Task Start_Hangs_WhatWaitsBehindItIsDoneByAnotherBeforeItIsLeftBehind()
    {
        var time = new SteppedTime(stands: true);
        using var harness = new RunnerHarness(new PluginRunnerOptions { Threads = 2 }, time);
        var program = Plugin("hangs");
        using var lease = new Lease(program);
        var first = harness.Run(program, Long);
        await RunnerHarness.Until(() => lease.IsAskedFor, "the start is under way");
        var other = harness.Run("/bin/echo other");
        time.Step(StartWatch.HelpAfter);
        Assert.Equal("other\n", RunnerHarness.Text((await other).StandardOutput));
        Assert.Equal((false, 0), (first.IsCompleted, harness.Runner.Status.StartsHanging));

        lease.Dispose();
        Assert.Equal(3, (await first).Code);
    }

    [Fact]
    public async Task Start_Hangs_ManyThatWaitAreNotLeftToIt()
    {
        using var harness = new RunnerHarness(new PluginRunnerOptions { Threads = 2 }, new SteppedTime(stands: true));
        var program = Plugin("hangs");
        using var lease = new Lease(program);
        var first = harness.Run(program, Long);
        await RunnerHarness.Until(() => lease.IsAskedFor, "the start is under way");
        var others = await Task.WhenAll(Enumerable.Range(0, PluginRunner.StationShare + 1).Select(i => harness.Run($"/bin/echo {i}")));
        Assert.All(others, other => Assert.Equal((PluginOutcome.Exited, 0), (other.Outcome, other.Code)));
        Assert.Equal((false, 0), (first.IsCompleted, harness.Runner.Status.StartsHanging));

        lease.Dispose();
        Assert.Equal(3, (await first).Code);
    }

    [Fact]
    public async Task Start_SameProgramAgain_WaitsWithoutAPlaceOrThreadAndRunsInTheEnd()
    {
        var program = Plugin("hangs");
        using var lease = new Lease(program);
        var first = _harness.Run(program, Long);
        await RunnerHarness.Until(() => _harness.Runner.Status.StartsHanging == 1, "the start is left behind");
        Task<PluginResult>[] more = [.. Enumerable.Range(0, 10).Select(_ => _harness.Run(program, Long))];
        await RunnerHarness.Until(() => _harness.Runner.Status.StartsHeld == 10, "ten are held");
        Assert.Equal((1, 1), (_harness.Runner.Status.StartsHanging, _harness.Runner.Status.Services.Running));
        var other = await _harness.Run("/bin/echo other");
        Assert.Equal("other\n", RunnerHarness.Text(other.StandardOutput));

        lease.Dispose();
        var results = await Task.WhenAll([first, .. more]);
        Assert.All(results, result => Assert.Equal((PluginOutcome.Exited, 3), (result.Outcome, result.Code)));
        Assert.Equal((0, 0), (_harness.Runner.Status.StartsHeld, _harness.Runner.Status.StartsHanging));
    }

    [Fact]
    public async Task TimeLimit_StartHangs_IsReportedAndTheStartIsKilled()
    {
        var program = Plugin("hangs");
        using var lease = new Lease(program);
        var first = _harness.Run(program, TimeSpan.FromSeconds(2));
        await RunnerHarness.Until(() => _harness.Runner.Status.StartsHanging == 1, "the start is left behind");
        var held = _harness.Run(program, TimeSpan.FromSeconds(0.2));
        foreach (var result in await Task.WhenAll(held, first))
        {
            Assert.Equal((PluginOutcome.TimedOut, 0, true), (result.Outcome, result.Code, result.StandardOutput.IsEmpty));
        }

        // What can be killed before it runs the program is, and its thread is free again although the file does not answer.
        await RunnerHarness.Until(() => _harness.Runner.Status.StartsHanging == 0, "the start has come back");
        Assert.Equal((0, 0), (_harness.Runner.Status.Running, _harness.Runner.Status.StartsHeld));
    }

    [Fact]
    public async Task Notice_StartHangsForSeconds_IsToldWithItsEnd()
    {
        var program = Plugin("hangs");
        var lease = new Lease(program);
        var run = _harness.Run(program, Long);
        await RunnerHarness.Until(() => !_harness.Notices.IsEmpty, "it is told");
        lease.Dispose();
        await run;
        await RunnerHarness.Until(() => _harness.Notices.Count == 2, "its end is told");
        Assert.Equal(
            [new RunnerNotice(RunnerNoticeKind.StartHangs, 0, program), new RunnerNotice(RunnerNoticeKind.StartReturned, 0, program)],
            _harness.Notices);
    }

    [Fact]
    public void Dispose_StartHangs_DoesNotWaitForIt()
    {
        var program = Plugin("hangs");
        using var lease = new Lease(program);
        var harness = new RunnerHarness();
        _ = harness.Run(program, Long);
        SpinWait.SpinUntil(() => harness.Runner.Status.StartsHanging == 1, Long);
        var started = TimeProvider.System.GetTimestamp();
        harness.Dispose();
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 20);
    }

    private string Plugin(string name) => _directory.Write(
        name, "#!/bin/sh\necho ran\nexit 3\n", UnixFileMode.UserRead | UnixFileMode.UserExecute);
}
