using Compeer.Platform.Native;

namespace Compeer.Execution.Processes;

/// <summary>
/// A thread that serves a station. When a start of its does not come back the station goes to another one; coming back late,
/// this one hands over what it started and is spare. It ends with the runner: the kernel gives the children of a thread
/// that ended to the process' first one, whose children as process 1 are nobody's.
/// </summary>
internal sealed class Starter : IDisposable
{
    private readonly StarterPool _pool;
    private readonly Thread _thread;
    private readonly AutoResetEvent _called = new(initialState: false);
    private Station? _next;

    internal Starter(int number, StarterPool pool, SpawnSettings settings)
    {
        _pool = pool;
        Launcher = new PluginLauncher(settings);
        _thread = new Thread(Run) { IsBackground = true, Name = $"plugins {number}" };
    }

    internal PluginLauncher Launcher { get; }

    /// <summary>The kernel's number of the thread.</summary>
    internal int ThreadId { get; private set; }

    internal bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>What was left behind; under the station's gate.</summary>
    internal LateStart? Late { get; set; }

    internal void Start() => _thread.Start();

    /// <summary>Serves this station next; null ends the thread.</summary>
    internal void Call(Station? station)
    {
        _next = station;
        _called.Set();
    }

    internal bool Join(TimeSpan limit) => _thread.Join(limit);

    public void Dispose()
    {
        Launcher.Dispose();
        _called.Dispose();
    }

    private void Run()
    {
        ThreadId = Libc.GetThreadId();
        while (true)
        {
            _called.WaitOne();
            if (_next is not { } station)
            {
                return;
            }

            station.Serve(this);
            _pool.Return(this);
        }
    }
}
