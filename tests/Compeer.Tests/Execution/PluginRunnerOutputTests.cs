using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

public sealed class PluginRunnerOutputTests : IDisposable
{
    private const int Megabyte = 1024 * 1024;

    private readonly RunnerHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Output_BothStreams_ComeApart()
    {
        var result = await _harness.Run("/bin/sh -c 'echo out; echo err >&2; echo more; exit 3'");
        Assert.Equal("out\nmore\n", RunnerHarness.Text(result.StandardOutput));
        Assert.Equal("err\n", RunnerHarness.Text(result.StandardError));
        Assert.Equal((PluginOutcome.Exited, 3, false), (result.Outcome, result.Code, result.Truncated));
    }

    [Fact]
    public async Task Output_OnlyStandardError_IsKept()
    {
        var result = await _harness.Run("/bin/sh -c 'echo oops >&2; exit 2'");
        Assert.True(result.StandardOutput.IsEmpty);
        Assert.Equal("oops\n", RunnerHarness.Text(result.StandardError));
    }

    [Fact]
    public async Task Output_Binary_ComesByteByByte()
    {
        var octal = string.Concat(Enumerable.Range(0, 256).Select(value => "\\" + Convert.ToString(value, 8).PadLeft(3, '0')));
        var result = await _harness.Run($"/usr/bin/printf '{octal}'");
        Assert.Equal(Enumerable.Range(0, 256).Select(value => (byte)value), result.StandardOutput.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" >&2")]
    public async Task Output_Megabyte_IsCutAtTheLimitAndDoesNotBlockThePlugin(string redirection)
    {
        var result = await _harness.Run(
            $"/bin/sh -c 'head -c {Megabyte} /dev/zero | tr \"\\000\" x{redirection}; exit 1'");
        Assert.Equal((PluginOutcome.Exited, 1, true), (result.Outcome, result.Code, result.Truncated));
        var output = redirection.Length == 0 ? result.StandardOutput : result.StandardError;
        Assert.Equal(PluginRunnerOptions.DefaultOutputLimit, output.Length);
        Assert.Equal(-1, output.Span.IndexOfAnyExcept((byte)'x'));
    }

    [Fact]
    public async Task Output_MegabyteUnderAHigherLimit_IsWhole()
    {
        using var harness = new RunnerHarness(new PluginRunnerOptions { OutputLimit = 2 * Megabyte });
        var result = await harness.Run("/usr/bin/seq 1 150000");
        var expected = string.Concat(Enumerable.Range(1, 150000).Select(number => $"{number}\n"));
        Assert.Equal(expected, RunnerHarness.Text(result.StandardOutput));
        Assert.False(result.Truncated);
    }

    [Theory]
    [InlineData(255, false)]
    [InlineData(256, false)]
    [InlineData(257, true)]
    public async Task Output_AroundTheLimit_IsTruncatedOnlyAboveIt(int length, bool truncated)
    {
        using var harness = new RunnerHarness(new PluginRunnerOptions { OutputLimit = 256 });
        foreach (var wait in new[] { "", "; sleep 0.3" })
        {
            var result = await harness.Run($"/bin/sh -c 'head -c {length} /dev/zero{wait}'");
            Assert.Equal((Math.Min(length, 256), truncated), (result.StandardOutput.Length, result.Truncated));
        }
    }

    [Fact]
    public async Task Output_WrittenInPartsOverTime_IsJoined()
    {
        var result = await _harness.Run(
            "/bin/sh -c 'for i in 1 2 3 4; do echo $i; echo e$i >&2; sleep 0.08; done; echo end'");
        Assert.Equal("1\n2\n3\n4\nend\n", RunnerHarness.Text(result.StandardOutput));
        Assert.Equal("e1\ne2\ne3\ne4\n", RunnerHarness.Text(result.StandardError));
    }

    [Fact]
    public async Task Output_StreamsClosedLongBeforeTheEnd_ResultWaitsForTheEnd()
    {
        var result = await _harness.Run("/bin/sh -c 'echo early; exec >&- 2>&-; sleep 0.5; exit 2'");
        Assert.Equal((PluginOutcome.Exited, 2), (result.Outcome, result.Code));
        Assert.Equal("early\n", RunnerHarness.Text(result.StandardOutput));
        Assert.True(result.Duration >= TimeSpan.FromSeconds(0.5));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sleep 0.3; ")]
    public async Task Output_GrandchildKeepsTheStreamsOpen_HoldsNothingUpAndLives(string wait)
    {
        var result = await _harness.Run($"/bin/sh -c 'sleep 300 & echo $!; {wait}exit 1'");
        var grandchild = Processes.Numbers(RunnerHarness.Text(result.StandardOutput)).Single();
        try
        {
            Assert.Equal((PluginOutcome.Exited, 1), (result.Outcome, result.Code));
            Assert.True(result.Duration < TimeSpan.FromSeconds(100));
            Assert.True(Processes.IsAlive(grandchild));
        }
        finally
        {
            Processes.Kill(grandchild);
        }
    }

    [Fact]
    public async Task Output_GrandchildWritesForEver_HoldsNothingUp()
    {
        var result = await _harness.Run("/bin/sh -c 'yes & echo $! >&2; sleep 1.5'");
        var grandchild = Processes.Numbers(RunnerHarness.Text(result.StandardError)).Single();
        try
        {
            Assert.Equal((PluginOutcome.Exited, 0, true), (result.Outcome, result.Code, result.Truncated));
            Assert.Equal(PluginRunnerOptions.DefaultOutputLimit, result.StandardOutput.Length);
        }
        finally
        {
            Processes.Kill(grandchild);
        }
    }
}
