using Compeer.Daemon.Execution;
using Compeer.Execution.Processes;

namespace Compeer.Tests.Daemon.Execution;

/// <summary>Tests of checks among all that runs.</summary>
public sealed class RunningTestsTests
{
    [Fact]
    public async Task Add_ToTheLimit_ThenNoneUntilOneEnds()
    {
        var tests = new RunningTests();
        var all = Enumerable.Range(0, RunningTests.Most).Select(_ => tests.Add()!.Value).ToList();
        Assert.Null(tests.Add());
        Assert.Equal(RunningTests.Most, all.Select(test => test.Number).Distinct().Count());

        var result = Result(all[3].Number);
        Assert.True(tests.TryEnd(result));
        Assert.Same(result, await all[3].Result);
        Assert.False(tests.TryEnd(result));
        Assert.NotNull(tests.Add());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12345)]
    [InlineData(-1)]
    public void TryEnd_OfACheckOrACommand_IsNotItsOwn(long number)
    {
        var tests = new RunningTests();
        tests.Add();
        Assert.False(tests.TryEnd(Result(number)));
    }

    [Fact]
    public async Task End_LetsNobodyWait()
    {
        var tests = new RunningTests();
        var waiting = tests.Add()!.Value.Result;
        tests.End();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static PluginResult Result(long number) => new(
        number, PluginOutcome.Exited, 0, default, default, DateTimeOffset.UnixEpoch, TimeSpan.Zero, Truncated: false);
}
