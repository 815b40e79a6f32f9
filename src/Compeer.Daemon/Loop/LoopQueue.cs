using Compeer.Peer;

namespace Compeer.Daemon.Loop;

/// <summary>
/// What waits for the loop. It exists before the loop and before everybody who posts to it, so that neither needs the
/// other to be made. Any thread may post; the loop alone takes.
/// </summary>
/// <remarks>
/// It needs no bound of its own because every producer has one: a link may have a fixed number of frames in it, checks are
/// at most those running, and the rest are single requests of people.
/// <para>The ready-made queues spin before they sleep. A loop that is woken some hundred times a second, seldom by the next
/// microsecond, pays more for that than for its work; this one sleeps at once, and is woken only when it does.</para>
/// </remarks>
internal sealed class LoopQueue : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<LoopInput> _inputs = new();
    private bool _isAwaited;
    private bool _isClosed;

    /// <summary>Inputs waiting.</summary>
    public int Length
    {
        get
        {
            lock (_gate)
            {
                return _inputs.Count;
            }
        }
    }

    /// <summary>Queues inputs that came together; once closed they are dropped, as nobody is left to act.</summary>
    public void Post(params ReadOnlySpan<LoopInput> inputs)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            foreach (var input in inputs)
            {
                _inputs.Enqueue(input);
            }

            if (_isAwaited && inputs.Length > 0)
            {
                _isAwaited = false;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>The same for an input that nobody waits for.</summary>
    public void Post(PeerInput input) => Post([new LoopInput(input, Answered: null)]);

    /// <summary>Takes the next input, waiting for one up to this many milliseconds.</summary>
    public bool TryTake(out LoopInput input, int milliseconds)
    {
        lock (_gate)
        {
            if (_inputs.Count == 0 && milliseconds > 0 && !_isClosed)
            {
                _isAwaited = true;
                Monitor.Wait(_gate, milliseconds);
                _isAwaited = false;
            }

            return _inputs.TryDequeue(out input);
        }
    }

    /// <summary>Takes nothing more in, and waits for nothing.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }
    }

    public void Dispose() => Close();
}
