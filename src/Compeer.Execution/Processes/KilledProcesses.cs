using Compeer.Platform.Native;

namespace Compeer.Execution.Processes;

/// <summary>
/// The plugins of one station that were killed and do not end. They cost no descriptor: a child that nobody reaped keeps its
/// number, so that asking for its end by number, now and then, is safe. One thread.
/// </summary>
internal sealed class KilledProcesses
{
    /// <summary>How many are asked at a time.</summary>
    private const int MostAsked = 256;

    private readonly Queue<int> _pids = new();

    internal int Count => _pids.Count;

    internal void Add(int pid) => _pids.Enqueue(pid);

    /// <summary>Reaps those that have ended, as far as their turn comes; how many.</summary>
    internal int Reap()
    {
        var ended = 0;
        for (var i = Math.Min(_pids.Count, MostAsked); i > 0; i--)
        {
            var pid = _pids.Dequeue();
            if (Ended.Wait(Libc.ByPid, pid, block: false) is null)
            {
                _pids.Enqueue(pid);
            }
            else
            {
                ended++;
            }
        }

        return ended;
    }
}
