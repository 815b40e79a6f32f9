using System.Text;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Daemon.Passive;
using Compeer.Engine.Events;
using Compeer.Peer;

namespace Compeer.Tests.Daemon.Passive;

/// <summary>What a way in needs, with a queue that the test empties in place of the loop.</summary>
internal sealed class PassiveSite : IDisposable
{
    public const int Patience = 30_000;

    private readonly TemporaryFolder _folder = new();
    private readonly LoopQueue _queue = new();
    private readonly MonitoringLog _monitoringLog;

    public PassiveSite()
    {
        _monitoringLog = MonitoringLog.Open(_folder.File("naemon.log"));
        Log = new DaemonLog(_monitoringLog, TimeProvider.System);
        Desk = new PassiveDesk(_queue, TimeProvider.System);
    }

    public PassiveDesk Desk { get; }

    public PassiveCounters Counters { get; } = new();

    public DaemonLog Log { get; }

    public TemporaryFolder Folder => _folder;

    public int Waiting => _queue.Length;

    /// <summary>What the log has, once all is written.</summary>
    public string LogText
    {
        get
        {
            Assert.True(SpinWait.SpinUntil(() => _monitoringLog.WaitingLines == 0, Patience));
            return File.ReadAllText(_folder.File("naemon.log"));
        }
    }

    public void Dispose()
    {
        _queue.Dispose();
        _monitoringLog.Dispose();
        _folder.Dispose();
    }

    /// <summary>The next input, which is not answered.</summary>
    public PeerInput NextInput()
    {
        Assert.True(_queue.TryTake(out var input, Patience), "nothing came");
        return input.Input;
    }

    /// <summary>The next result, taken by the engine unless there is a reason why not.</summary>
    public SpooledResult Next(string? failure = null)
    {
        Assert.True(_queue.TryTake(out var input, Patience), "no result came");
        input.Told!.Invoke(failure);
        return Assert.IsType<PeerInput.Spooled>(input.Input).Result;
    }

    /// <summary>The next result in one line.</summary>
    public string NextText(string? failure = null)
    {
        var result = Next(failure);
        return $"{result.Host}/{result.Service} {result.Result.ReturnCode} {Encoding.UTF8.GetString(result.Result.Output.Span)}";
    }

    /// <summary>The next command, likewise.</summary>
    public string NextCommand(string? failure = null)
    {
        Assert.True(_queue.TryTake(out var input, Patience), "no command came");
        input.Told!.Invoke(failure);
        return Encoding.UTF8.GetString(Assert.IsType<PeerInput.Command>(input.Input).Line.Span);
    }
}
