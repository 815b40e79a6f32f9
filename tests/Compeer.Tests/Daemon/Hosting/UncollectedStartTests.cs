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

    /// <summary>Else what the start did not need could be made before the collector first looks, in a site of one host, too.</summary>
    [Theory]
    [InlineData("small objects", 1_000, 0)]
    [InlineData("large objects", 100_000, 2)]
    public void Collector_AfterTheStart_LooksSoon(string what, int size, int generation)
    {
        UncollectedStart.Begin();
        UncollectedStart.End();
        var before = GC.CollectionCount(generation);
        var made = 0;
        for (; made < 64 << 20 && GC.CollectionCount(generation) == before; made += size)
        {
            GC.KeepAlive(new byte[size]);
        }

        Assert.True(made < 32 << 20, $"{what}: {made >> 20} MiB and no collection");
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
