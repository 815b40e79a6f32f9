using System.Collections.Concurrent;
using Compeer.Daemon.Execution;
using Compeer.Daemon.Log;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;
using Compeer.Tests.Peer;

namespace Compeer.Tests.Daemon.Execution;

/// <summary>What the executor says of checks that should have come back: one that waits for its turn is not lost.</summary>
public sealed class CheckExecutorTests : IDisposable
{
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(11);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly MonitoringLog _log;
    private readonly BlockingCollection<PeerInput> _posted = [];
    private readonly CheckExecutor _executor;

    public CheckExecutorTests()
    {
        _log = MonitoringLog.Open(Path.Combine(_folder.Path, "log"));
        _executor = new CheckExecutor(
            PeerHarness.Configuration(2, 1),
            TimeProvider.System,
            _posted.Add,
            new RunnerLog(new DaemonLog(_log, TimeProvider.System), TimeProvider.System));
    }

    public void Dispose()
    {
        _executor.Dispose();
        _log.Dispose();
        _posted.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Check_ThatNobodyKnows_IsLost()
    {
        _executor.LookFor(new DoubtfulCheck(new CheckableId(1), new RunId(7), Old));
        Assert.Equal(new PeerInput.CheckLost(new CheckableId(1), new RunId(7)), Take());
    }

    [Fact]
    public void Check_WithVariables_HasThem()
    {
        _executor.Start(new CheckToRun(new CheckableId(0), "/usr/bin/printenv NAGIOS_X"u8.ToArray(), Patience, new RunId(1))
        {
            Environment = "NAGIOS_X=macro\0"u8.ToArray(),
        });
        Assert.Equal("macro", System.Text.Encoding.UTF8.GetString(Assert.IsType<PeerInput.CheckCompleted>(Take()).Result.Output.Span));
    }

    /// <summary>The lane of hosts has 512 places: the 513th waits, and may have for as long as it is in doubt.</summary>
    [Fact]
    public async Task Check_ThatWaitsForItsTurn_IsNotLost()
    {
        for (var run = 1; run <= 513; run++)
        {
            _executor.Start(new CheckToRun(new CheckableId(0), "/bin/sleep 100"u8.ToArray(), Patience, new RunId(run)));
        }

        using var limit = new CancellationTokenSource(Patience);
        while (_executor.Status.Hosts is not { Running: 512, Waiting: 1, OldestWait.Ticks: > 0 })
        {
            Assert.False(limit.IsCancellationRequested, $"{_executor.Status.Hosts}");
            await Task.Yield();
        }

        // It was given out just now: the one that waits can be it. One that is older than all that wait cannot.
        _executor.LookFor(new DoubtfulCheck(new CheckableId(0), new RunId(513), TimeSpan.FromMilliseconds(1)));
        _executor.LookFor(new DoubtfulCheck(new CheckableId(0), new RunId(600), Old));
        Assert.Equal(new PeerInput.CheckLost(new CheckableId(0), new RunId(600)), Take());
        Assert.Empty(_posted);
    }

    private PeerInput Take()
    {
        Assert.True(_posted.TryTake(out var input, Patience));
        return input;
    }
}
