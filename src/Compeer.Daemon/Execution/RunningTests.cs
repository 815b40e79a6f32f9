using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Compeer.Execution.Processes;

namespace Compeer.Daemon.Execution;

/// <summary>Tests of checks that wait or run, by the numbers under which the runner knows them: below those of all commands. Any
/// thread.</summary>
internal sealed class RunningTests
{
    /// <summary>How many may wait and run.</summary>
    public const int Most = 32;

    private readonly ConcurrentDictionary<long, TaskCompletionSource<PluginResult>> _running = [];
    private long _last = long.MinValue;

    /// <summary>Takes note of one that is to be run; null when as many as may run do so.</summary>
    public (long Number, Task<PluginResult> Result)? Add()
    {
        if (_running.Count >= Most)
        {
            return null;
        }

        var number = Interlocked.Increment(ref _last);
        var ended = new TaskCompletionSource<PluginResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[number] = ended;
        return (number, ended.Task);
    }

    /// <summary>A run came back; false when it is none of a test.</summary>
    public bool TryEnd(PluginResult result)
    {
        if (!TryRemove(result.Token, out var ended))
        {
            return false;
        }

        ended.TrySetResult(result);
        return true;
    }

    /// <summary>Nothing comes back any more.</summary>
    public void End()
    {
        foreach (var number in _running.Keys)
        {
            if (TryRemove(number, out var ended))
            {
                ended.TrySetCanceled();
            }
        }
    }

    private bool TryRemove(long number, [NotNullWhen(true)] out TaskCompletionSource<PluginResult>? ended)
    {
        ended = null;
        return number < 0 && _running.TryRemove(number, out ended);
    }
}
