using System.Globalization;
using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

public sealed class PluginRunnerConcurrencyTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Limit_TwoHundredChecksWithLimitTen_NeverMoreThanTenAndAllRun()
    {
        using var harness = new RunnerHarness(new PluginRunnerOptions { MaxConcurrent = 10 });
        Assert.Equal(10, harness.Runner.Status.Services.Limit);

        // The plugins count each other, so that the runner's own count is not what is believed.
        var plugin = _directory.Write(
            "plugin",
            $": > {_directory.Path}/mark.$$; set -- {_directory.Path}/mark.*; echo $#; sleep 0.05; rm {_directory.Path}/mark.$$",
            UnixFileMode.UserRead);
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => harness.Run($"/bin/sh {plugin}")));
        Assert.All(results, result => Assert.Equal((PluginOutcome.Exited, 0), (result.Outcome, result.Code)));
        int[] seen = [.. results.Select(result => Processes.Numbers(RunnerHarness.Text(result.StandardOutput)).Single())];
        Assert.InRange(seen.Max(), 3, 10);
        Assert.Equal((0, 0), (harness.Runner.Status.Running, harness.Runner.Status.Waiting));
    }

    [Fact]
    public async Task Queue_OneAtATime_KeepsTheOrder()
    {
        using var harness = new RunnerHarness(new PluginRunnerOptions { MaxConcurrent = 1 });
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => harness.Run($"/bin/echo {i}")));
        Assert.Equal(
            Enumerable.Range(0, 60),
            harness.Results.Select(result => Processes.Numbers(RunnerHarness.Text(result.StandardOutput)).Single()));
    }

    [Fact]
    public async Task Queue_LimitReached_RestWaitsAndIsCounted()
    {
        using var harness = new RunnerHarness(new PluginRunnerOptions { MaxConcurrent = 3 });
        var plugin = _directory.Write(
            "plugin", $"until [ -e {_directory.Path}/go ]; do sleep 0.02; done", UnixFileMode.UserRead);
        Task<PluginResult>[] runs = [.. Enumerable.Range(0, 10).Select(_ => harness.Run($"/bin/sh {plugin}"))];
        await RunnerHarness.Until(() => harness.Runner.Status is { Running: 3, Waiting: 7 }, "3 run and 7 wait");
        _directory.Write("go", "", UnixFileMode.UserRead);
        var results = await Task.WhenAll(runs);
        Assert.All(results, result => Assert.Equal((PluginOutcome.Exited, 0), (result.Outcome, result.Code)));
    }

    [Fact]
    public async Task Limit_RaisedAndLoweredWhileChecksWait_IsFollowedAtOnce()
    {
        using var harness = new RunnerHarness(new PluginRunnerOptions { MaxConcurrent = 2 });
        var plugin = _directory.Write(
            "plugin", $"until [ -e {_directory.Path}/go ]; do sleep 0.02; done", UnixFileMode.UserRead);
        Task<PluginResult>[] runs = [.. Enumerable.Range(0, 10).Select(_ => harness.Run($"/bin/sh {plugin}"))];
        await RunnerHarness.Until(() => harness.Runner.Status is { Running: 2, Waiting: 8 }, "2 run and 8 wait");
        harness.Runner.ChangeMaxConcurrent(6);
        await RunnerHarness.Until(() => harness.Runner.Status is { Running: 6, Waiting: 4 }, "6 run and 4 wait");
        harness.Runner.ChangeMaxConcurrent(1);
        Assert.Equal(1, harness.Runner.Status.Services.Limit);
        _directory.Write("go", "", UnixFileMode.UserRead);
        var results = await Task.WhenAll(runs);
        Assert.All(results, result => Assert.Equal((PluginOutcome.Exited, 0), (result.Outcome, result.Code)));
        Assert.Throws<ArgumentOutOfRangeException>(() => harness.Runner.ChangeMaxConcurrent(-1));
    }

    [Fact]
    public async Task Queue_RequestWaitedLong_HasItsWholeTimeLimit()
    {
        using var harness = new RunnerHarness(new PluginRunnerOptions { MaxConcurrent = 1 });
        var results = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => harness.Run("/bin/sleep 300", TimeSpan.FromSeconds(0.3))));
        Assert.All(results, result => Assert.Equal(PluginOutcome.TimedOut, result.Outcome));
        Assert.All(results, result => Assert.True(result.Duration.TotalSeconds >= 0.3, $"killed after {result.Duration}"));
        DateTimeOffset[] starts = [.. results.Select(result => result.StartedAt)];
        Assert.Equal(starts.Order(), starts);
    }

    [Fact]
    public async Task Start_FewAtATime_ByOneThread_ManyByMore()
    {
        const int few = 20;
        const int all = few + 200;
        using var harness = new RunnerHarness(new PluginRunnerOptions { Threads = 2 });
        var pids = $"{_directory.Path}/pids";
        var plugin = _directory.Write("plugin", $"echo $$ >> {pids}; exec sleep 300", UnixFileMode.UserRead);
        for (var i = 1; i <= all; i++)
        {
            _ = harness.Run($"/bin/sh {plugin}");
            if (i <= few)
            {
                await RunnerHarness.Until(() => Written() == i, "it runs");
            }
        }

        await RunnerHarness.Until(() => Written() == all, "all run");
        var started = Processes.Numbers(File.ReadAllText(pids));

        // The first ones may have met the second thread while it began.
        Assert.Single(started[4..few].Select(Processes.StarterOf).Distinct());
        Assert.Equal(2, started[few..].Select(Processes.StarterOf).Distinct().Count());

        int Written() => File.Exists(pids) ? Processes.Numbers(File.ReadAllText(pids)).Length : 0;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Start_FromManyThreadsAtOnce_EachIsReportedOnce(int threads)
    {
        using var harness = new RunnerHarness(new PluginRunnerOptions { Threads = threads, MaxConcurrent = 20 });
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(part => Task.Run(
            () => Task.WhenAll(Enumerable.Range(0, 60).Select(i => harness.Run($"/bin/echo {(100 * part) + i}"))))));
        for (var part = 0; part < 4; part++)
        {
            Assert.Equal(
                Enumerable.Range(100 * part, 60),
                results[part].Select(result => Processes.Numbers(RunnerHarness.Text(result.StandardOutput)).Single()));
        }

        Assert.Equal(240, harness.Results.Count);
    }

    [Fact]
    public async Task Dispose_WhileManyRunAndWait_LeavesNoProcessAndReportsNothing()
    {
        var harness = new RunnerHarness(new PluginRunnerOptions { MaxConcurrent = 20 });
        try
        {
            var plugin = _directory.Write(
                "plugin",
                $"cd {_directory.Path}; sleep 300 & echo $$ $! > $$.new; mv $$.new $$.pids; wait",
                UnixFileMode.UserRead);
            for (var i = 0; i < 30; i++)
            {
                _ = harness.Run($"/bin/sh {plugin}");
            }

            await RunnerHarness.Until(() => Directory.GetFiles(_directory.Path, "*.pids").Length == 20, "20 plugins run");
            Assert.Equal((20, 10), (harness.Runner.Status.Running, harness.Runner.Status.Waiting));
        }
        finally
        {
            harness.Dispose();
        }

        int[] pids = [.. Directory.GetFiles(_directory.Path, "*.pids").SelectMany(
            file => File.ReadAllText(file).Split(' ').Select(pid => int.Parse(pid, CultureInfo.InvariantCulture)))];
        Assert.Equal(40, pids.Length);
        await RunnerHarness.Until(() => !pids.Any(Processes.IsAlive), "all plugins and their children are gone");
        Assert.Empty(harness.Results);
        Assert.Equal(0, harness.Runner.Status.Running);
    }

    [Fact]
    public void Dispose_Twice_IsHarmlessAndStartThrowsThen()
    {
        var harness = new RunnerHarness();
        harness.Dispose();
        harness.Dispose();
        Assert.Throws<ObjectDisposedException>(
            () => harness.Runner.Start(new PluginRequest(1, "/bin/true"u8.ToArray(), TimeSpan.FromSeconds(1), Lane.Services)));
    }

    [Fact]
    public async Task Dispose_FromTheCallback_ThrowsInsteadOfWaitingForItself()
    {
        var thrown = new TaskCompletionSource<Exception?>();
        PluginRunner? runner = null;
        runner = new PluginRunner(
            new PluginRunnerOptions(),
            TimeProvider.System,
            _ => thrown.SetResult(Record.Exception(() => runner!.Dispose())),
            _ => { });
        using (runner)
        {
            runner.Start(new PluginRequest(1, "/bin/true"u8.ToArray(), TimeSpan.FromSeconds(30), Lane.Services));
            Assert.IsType<InvalidOperationException>(await thrown.Task.WaitAsync(TimeSpan.FromSeconds(60)));
        }
    }

    [Fact]
    public async Task Start_FromTheCallback_GoesOn()
    {
        const int length = 200;
        var done = new TaskCompletionSource();
        PluginRunner? runner = null;
        var command = "/bin/true"u8.ToArray();
        runner = new PluginRunner(new PluginRunnerOptions { MaxConcurrent = 1 }, TimeProvider.System, result =>
        {
            if (result.Token == length)
            {
                done.SetResult();
            }
            else
            {
                runner!.Start(new PluginRequest(result.Token + 1, command, TimeSpan.FromSeconds(30), Lane.Services));
            }
        }, _ => { });
        using (runner)
        {
            runner.Start(new PluginRequest(1, command, TimeSpan.FromSeconds(30), Lane.Services));
            await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }
}
