using Compeer.Daemon.Hosting;

namespace Compeer.Tests.Daemon.Hosting;

/// <summary>About the collector of the whole process, and so alone.</summary>
[Collection(nameof(UncollectedStartTests))]
[CollectionDefinition(nameof(UncollectedStartTests), DisableParallelization = true)]
public sealed class UncollectedStartTests : IDisposable
{
    public void Dispose() => UncollectedStart.End();

    [Fact]
    public async Task Collector_WaitsUntilTheFirstChecksWereStarted()
    {
        var firstChecks = new TaskCompletionSource();
        UncollectedStart.Begin();
        UncollectedStart.Begin();
        var before = GC.CollectionCount(0);
        var ended = UncollectedStart.EndAfterAsync(firstChecks.Task);
        for (var made = 0; made < 32 << 20; made += 1 << 16)
        {
            GC.KeepAlive(new byte[1 << 16]);
        }

        Assert.True(UncollectedStart.IsUnderWay);
        Assert.Equal(before, GC.CollectionCount(0));

        firstChecks.SetResult();
        await ended;

        Assert.False(UncollectedStart.IsUnderWay);
    }

    [Fact]
    public async Task Collector_NoFirstChecksCome_RunsAgain()
    {
        UncollectedStart.Begin();
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => UncollectedStart.EndAfterAsync(Task.FromException(new OperationCanceledException())));

        Assert.False(UncollectedStart.IsUnderWay);
    }

    /// <summary>With a site that needs more than that, the collector came back before.</summary>
    [Fact]
    public void End_CollectorRunsAlready_IsNoFault()
    {
        UncollectedStart.Begin();
        for (var made = 0; made < 1 << 30 && UncollectedStart.IsUnderWay; made += 1 << 16)
        {
            GC.KeepAlive(new byte[1 << 16]);
        }

        Assert.False(UncollectedStart.IsUnderWay);
        UncollectedStart.End();

        Assert.False(UncollectedStart.IsUnderWay);
    }
}
