using System.Diagnostics;
using System.Text;
using Compeer.Execution.Processes;

namespace Compeer.Spawn;

/// <summary>Keeps a number of checks running until a given count of them has ended, and measures it.</summary>
internal sealed class SpawnBench : IDisposable
{
    private readonly PluginRunner _runner;
    private readonly ReadOnlyMemory<byte> _command;
    private readonly int _concurrency;
    private readonly int _perSecond;
    private readonly ManualResetEvent _done = new(initialState: false);
    private int _toStart;
    private int _toEnd;
    private int _failed;

    internal SpawnBench(string command, int concurrency, int threads, int perSecond)
    {
        _command = Encoding.UTF8.GetBytes(command);
        _concurrency = concurrency;
        _perSecond = perSecond;
        _runner = new PluginRunner(
            new PluginRunnerOptions { MaxConcurrent = concurrency, Threads = threads }, TimeProvider.System, Completed, _ => { });
    }

    internal Measurement Run(int count)
    {
        _done.Reset();
        _toStart = count;
        _toEnd = count;
        _failed = 0;
        var own = CpuTime.Own();
        var children = CpuTime.Children();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < _concurrency && _perSecond == 0; i++)
        {
            StartNext();
        }

        // At a rate: whatever has become due is started, each millisecond.
        for (var i = 0; !_done.WaitOne(_perSecond > 0 ? 1 : Timeout.Infinite);)
        {
            for (; i < Stopwatch.GetElapsedTime(started).TotalSeconds * _perSecond; i++)
            {
                StartNext();
            }
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Measurement(
            count / seconds,
            (double)(CpuTime.Own() - own) / count,
            (double)(CpuTime.Children() - children) / count,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / count,
            _failed);
    }

    public void Dispose()
    {
        _runner.Dispose();
        _done.Dispose();
    }

    private void StartNext()
    {
        if (Interlocked.Decrement(ref _toStart) >= 0)
        {
            _runner.Start(new PluginRequest(0, _command, TimeSpan.FromSeconds(60), Lane.Services));
        }
    }

    private void Completed(PluginResult result)
    {
        if (result is not { Outcome: PluginOutcome.Exited, Code: 0, StandardOutput.IsEmpty: false })
        {
            Interlocked.Increment(ref _failed);
        }

        if (_perSecond == 0)
        {
            StartNext();
        }

        if (Interlocked.Decrement(ref _toEnd) == 0)
        {
            _done.Set();
        }
    }
}
