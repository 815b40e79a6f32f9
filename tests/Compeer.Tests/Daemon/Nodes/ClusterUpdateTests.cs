using System.Text;
using Compeer.Cluster.Model;
using Compeer.Daemon.Log;
using Compeer.Daemon.Nodes;
using Compeer.Execution.Processes;
using Compeer.Tests.Daemon.Http;

namespace Compeer.Tests.Daemon.Nodes;

/// <summary><c>cluster_update</c> is run while merlin.conf does not fit those of the others: after a moment, and ever more seldom.
/// </summary>
public sealed class ClusterUpdateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LaterTime _clock = new();
    private readonly List<string> _runs = [];
    private string _fault = "m2 names this node as its poller";
    private PluginOutcome _outcome = PluginOutcome.Exited;
    private int _code;
    private bool _isEndless;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Look_WhatStandsForLongEnough_RunsTheCommandAndSaysWhatCameOfIt()
    {
        await WithAsync("module {\n cluster_update = mend it\n}\n", async update =>
        {
            await update.LookAsync();
            Assert.Empty(_runs);

            await LaterAsync(update, ClusterUpdate.Settling);
            Assert.Equal(["mend it 60"], _runs);
        });

        var log = File.ReadAllText(_folder.File("log"));
        Assert.Contains("Warning: m2 names this node as its poller: running cluster_update\n", log, StringComparison.Ordinal);
        Assert.Contains("] cluster_update is done: said this\n", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PluginOutcome.Exited, 3, "ended with code 3: said this")]
    [InlineData(PluginOutcome.Signalled, 9, "was ended by signal 9: said this")]
    [InlineData(PluginOutcome.TimedOut, 0, "ran for more than 60 s: said this")]
    [InlineData(PluginOutcome.NotStarted, 2, "could not be started: said this")]
    public async Task Look_CommandThatFails_IsAnErrorAndRunAgainAfterAPauseThatGrows(PluginOutcome outcome, int code, string words)
    {
        (_outcome, _code) = (outcome, code);
        await WithAsync("module {\n cluster_update = mend it\n}\n", async update =>
        {
            await update.LookAsync();
            await LaterAsync(update, ClusterUpdate.Settling);
            await LaterAsync(update, ClusterUpdate.FirstPause / 2);
            Assert.Single(_runs);
            await LaterAsync(update, ClusterUpdate.FirstPause / 2);
            Assert.Equal(2, _runs.Count);
            await LaterAsync(update, ClusterUpdate.FirstPause);
            Assert.Equal(2, _runs.Count);
            await LaterAsync(update, ClusterUpdate.FirstPause);
            Assert.Equal(3, _runs.Count);
        });

        Assert.Contains($"Error: cluster_update {words}\n", File.ReadAllText(_folder.File("log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_WhatIsRightAgain_CountsFromTheBeginningWhenItIsWrongOnceMore()
    {
        await WithAsync("module {\n cluster_update = mend it\n}\n", async update =>
        {
            await update.LookAsync();
            await LaterAsync(update, ClusterUpdate.Settling);
            (var fault, _fault) = (_fault, "");
            await LaterAsync(update, TimeSpan.FromSeconds(1));
            _fault = fault;
            await LaterAsync(update, TimeSpan.FromSeconds(1));
            Assert.Single(_runs);
            await LaterAsync(update, ClusterUpdate.Settling);
            Assert.Equal(2, _runs.Count);
        });
    }

    [Fact]
    public async Task Look_WithoutTheSetting_RunsNothing()
    {
        await WithAsync("module {\n notifies = yes\n}\n", async update =>
        {
            await update.LookAsync();
            await LaterAsync(update, ClusterUpdate.Settling);
        });
        Assert.Empty(_runs);
    }

    /// <summary>A daemon that stops does not wait for it.</summary>
    [Fact]
    public async Task Dispose_WhileTheCommandRuns_EndsTheLook()
    {
        _isEndless = true;
        var look = Task.CompletedTask;
        await WithAsync("module {\n cluster_update = mend it\n}\n", async update =>
        {
            await update.LookAsync();
            look = LaterAsync(update, ClusterUpdate.Settling);
            Assert.Single(_runs);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private async Task WithAsync(string configuration, Func<ClusterUpdate, Task> steps)
    {
        var file = _folder.Write("merlin.conf", configuration);
        using var log = MonitoringLog.Open(_folder.File("log"));
        var daemonLog = new DaemonLog(log, TimeProvider.System);
        await using var nodes = NodeDirectory.Open(new NodeFiles(file, default), daemonLog, TimeProvider.System);
        await using var update = new ClusterUpdate(
            nodes,
            _ => Task.FromResult(NodesViewTests.Cluster(new ConfigurationVersion(1, "a"), [new(1)], []) with { OwnTierFault = _fault }),
            Run,
            daemonLog,
            _clock);
        await steps(update);
    }

    private Task LaterAsync(ClusterUpdate update, TimeSpan time)
    {
        _clock.Shift += time;
        return update.LookAsync();
    }

    private Task<PluginResult> Run(ReadOnlyMemory<byte> command, TimeSpan limit)
    {
        _runs.Add($"{Encoding.UTF8.GetString(command.Span)} {limit.TotalSeconds:0}");
        return _isEndless ? new TaskCompletionSource<PluginResult>().Task : Task.FromResult(new PluginResult(
            0, _outcome, _code, Encoding.UTF8.GetBytes("said this\n"), default, DateTimeOffset.UnixEpoch, TimeSpan.Zero, Truncated: false));
    }

    private sealed class LaterTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Shift.Ticks;
    }
}
