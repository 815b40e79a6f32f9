using System.Collections.Concurrent;
using Compeer.Peer;

namespace Compeer.Daemon.Loop;

/// <summary>
/// What waits for the loop. It exists before the loop and before everybody who posts to it, so that neither needs the
/// other to be made. Any thread may post; the loop alone takes.
/// </summary>
/// <remarks>
/// It needs no bound of its own because every producer has one: a link may have a fixed number of frames in it, checks are
/// at most those running, and the rest are single requests of people.
/// </remarks>
internal sealed class LoopQueue : IDisposable
{
    // Not disposed of: who posts late, from a thread that nobody waited for, must find it whole.
    private readonly BlockingCollection<LoopInput> _inputs = [];
    private volatile bool _closed;

    /// <summary>Inputs waiting.</summary>
    public int Length => _inputs.Count;

    /// <summary>Queues an input; once closed it is dropped, as nobody is left to act.</summary>
    public void Post(LoopInput input)
    {
        if (!_closed)
        {
            _inputs.Add(input);
        }
    }

    /// <summary>The same for an input that nobody waits for.</summary>
    public void Post(PeerInput input) => Post(new LoopInput(input, Answered: null));

    /// <summary>Takes the next input, waiting for one up to this many milliseconds.</summary>
    public bool TryTake(out LoopInput input, int milliseconds) => _inputs.TryTake(out input, milliseconds);

    /// <summary>Takes nothing more in.</summary>
    public void Close() => _closed = true;

    public void Dispose() => Close();
}
