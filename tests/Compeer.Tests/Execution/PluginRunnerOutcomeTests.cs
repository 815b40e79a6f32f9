using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

public sealed class PluginRunnerOutcomeTests : IDisposable
{
    private const int NoEntry = 2;
    private const int TooBig = 7;
    private const int AccessDenied = 13;
    private const int Invalid = 22;

    private readonly RunnerHarness _harness = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _harness.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Start_EveryExitCode_IsReported()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, 256).Select(code => _harness.Run($"/bin/sh -c 'exit {code}'")));
        for (var code = 0; code < results.Length; code++)
        {
            Assert.Equal((PluginOutcome.Exited, code), (results[code].Outcome, results[code].Code));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(15)]
    public async Task Start_PluginDiesBySignal_ReportsTheSignal(int signal)
    {
        var result = await _harness.Run($"/bin/sh -c 'echo before; kill -{signal} $$; echo after; exit 7'");
        Assert.Equal((PluginOutcome.Signalled, signal), (result.Outcome, result.Code));
        Assert.Equal("before\n", RunnerHarness.Text(result.StandardOutput));
    }

    [Theory]
    [InlineData("/nonexistent/check_nothing -H x", NoEntry)]
    [InlineData("check_that_is_nowhere -H x", NoEntry)]
    [InlineData("'' -H x", NoEntry)]
    [InlineData("/etc/passwd/check", 20)]
    [InlineData("/tmp", AccessDenied)]
    [InlineData("", Invalid)]
    [InlineData(" \t\r\n ", Invalid)]
    [InlineData("/bin/true a\0b", Invalid)]
    public async Task Start_WhatCannotBeStarted_ReportsErrno(string command, int errno)
    {
        var result = await _harness.Run(command);
        Assert.Equal((PluginOutcome.NotStarted, errno), (result.Outcome, result.Code));
        Assert.Equal(TimeSpan.Zero, result.Duration);
        Assert.True(result.StandardOutput.IsEmpty && result.StandardError.IsEmpty);
        await RunnerHarness.Until(() => _harness.Runner.Status.Running == 0, "the place is free again");
    }

    [Fact]
    public async Task Start_FileNotExecutable_ReportsAccessDenied()
    {
        var plugin = _directory.Write("plugin", "#!/bin/sh\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var direct = await _harness.Run(plugin);
        Assert.Equal((PluginOutcome.NotStarted, AccessDenied), (direct.Outcome, direct.Code));
        var fromPath = await _harness.Run($"PATH=/nonexistent:{_directory.Path} plugin");
        Assert.Equal((PluginOutcome.NotStarted, AccessDenied), (fromPath.Outcome, fromPath.Code));
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(2_000_000)]
    public async Task Start_CommandLineTooLong_ReportsTooBig(int length)
    {
        var result = await _harness.Run("/bin/echo " + new string('x', length));
        Assert.Equal((PluginOutcome.NotStarted, TooBig), (result.Outcome, result.Code));
    }

    [Fact]
    public async Task Start_MissingProgramInShell_ExitsAsTheShellDoes()
    {
        var result = await _harness.Run("/nonexistent/check_nothing; exit $?");
        Assert.Equal((PluginOutcome.Exited, 127), (result.Outcome, result.Code));
        Assert.Contains("not found", RunnerHarness.Text(result.StandardError), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ScriptWithoutInterpreterLine_IsRunByTheShell()
    {
        const UnixFileMode executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var plugin = _directory.Write("bare", "echo \"$0:$1:$2\"; exit 1\n", executable);
        foreach (var command in new[] { $"{plugin} 'a b' c", $"PATH={_directory.Path} bare 'a b' c" })
        {
            var result = await _harness.Run(command);
            Assert.Equal((PluginOutcome.Exited, 1), (result.Outcome, result.Code));
            Assert.Equal($"{plugin}:a b:c\n", RunnerHarness.Text(result.StandardOutput));
        }
    }

    [Fact]
    public async Task Start_ProgramWithoutSlash_IsFoundInPath()
    {
        var result = await _harness.Run("sh -c 'echo found; exit 2'");
        Assert.Equal((PluginOutcome.Exited, 2), (result.Outcome, result.Code));
        Assert.Equal("found\n", RunnerHarness.Text(result.StandardOutput));
    }

    [Fact]
    public async Task Start_AnyRun_ReportsStartAndDurationByTheGivenClock()
    {
        var clock = new ShiftedTime(TimeSpan.FromDays(-1000));
        using var harness = new RunnerHarness(time: clock);
        var before = clock.GetUtcNow();
        var result = await harness.Run("/bin/sleep 0.2");
        Assert.InRange(result.StartedAt, before, clock.GetUtcNow());
        Assert.InRange(result.Duration.TotalSeconds, 0.2, 30);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Start_TimeoutNotPositive_Throws(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => _harness.Runner.Start(new PluginRequest(1, "/bin/true"u8.ToArray(), TimeSpan.FromSeconds(seconds), Lane.Services)));

    private sealed class ShiftedTime(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
    }
}
