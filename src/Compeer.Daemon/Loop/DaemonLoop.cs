using Compeer.Cluster.Model;
using Compeer.Peer;

namespace Compeer.Daemon.Loop;

/// <summary>
/// The one thread that owns the <see cref="MonitoringPeer"/>: takes an input, stamps it with the time, steps the peer,
/// hands out the effects. It never waits for anything but its queue.
/// </summary>
internal sealed class DaemonLoop : IDisposable
{
    /// <summary>Inputs stepped before the loop looks at its timers again.</summary>
    private const int BatchSize = 256;

    /// <summary>The shortest time between two rounds. What falls due or comes back within it is handled in one round: a
    /// thousand checks a second would otherwise be two thousand wake-ups, which cost more than the engine does.</summary>
    private static readonly TimeSpan ShortestRound = TimeSpan.FromMilliseconds(2);

    /// <summary>The longest the loop sleeps, so that a suspended process notices soon after it wakes.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private readonly LoopQueue _inputs;
    private readonly MonitoringPeer _peer;
    private readonly InstantSource _clock;
    private readonly IPeerShell _shell;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stopped = new(initialState: false, spinCount: 0);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    public DaemonLoop(MonitoringPeer peer, InstantSource clock, IPeerShell shell, LoopQueue inputs)
    {
        _inputs = inputs;
        _peer = peer;
        _clock = clock;
        _shell = shell;
        _thread = new Thread(Run) { Name = "engine loop", IsBackground = true };
    }

    /// <summary>Inputs waiting.</summary>
    public int QueueLength => _inputs.Length;

    public void Start() => _thread.Start();

    /// <summary>Queues an input, from any thread; after <see cref="Dispose"/> it is dropped, as nobody is left to act.</summary>
    public void Post(LoopInput input) => _inputs.Post(input);

    /// <summary>Runs <paramref name="take"/> on the loop and returns what it made: how readers get their views.</summary>
    public Task<T> ViewAsync<T>(Func<MonitoringPeer, Instant, T> take, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_stopping)
        {
            completion.SetException(new OperationCanceledException("the daemon is stopping"));
            return completion.Task;
        }

        Post(new LoopInput.View((peer, now) => completion.TrySetResult(take(peer, now))));
        return completion.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets the peer take up another configuration; gives how long the loop was busy with it.</summary>
    /// <exception cref="OperationCanceledException">The loop ended before it came to it.</exception>
    public async Task<TimeSpan> TakeUpAsync(PeerChange change)
    {
        var completion = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new LoopInput.TakeUp(change, completion));
        var first = await Task.WhenAny(completion.Task, _ended.Task).ConfigureAwait(false);
        return first == completion.Task
            ? await completion.Task.ConfigureAwait(false)
            : throw new OperationCanceledException("the daemon is stopping");
    }

    public void Dispose()
    {
        _stopping = true;
        _inputs.Close();
        _stopped.Set();
        if (_thread.IsAlive && Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        _stopped.Dispose();
        _ended.TrySetResult();
    }

    private void Run()
    {
        try
        {
            while (!_stopping)
            {
                RunBatch();
                _stopped.Wait(ShortestRound);
            }
        }
        catch (Exception exception)
        {
            _stopping = true;
            _inputs.Close();
            _shell.Failed(exception);
        }

        _ended.TrySetResult();
    }

    private void RunBatch()
    {
        var wait = _peer.NextWake - _clock.Now.Monotonic;
        if (wait > LongestWait)
        {
            wait = LongestWait;
        }

        // Rounded up: waking a fraction of a millisecond early would only make the loop spin until the time has come.
        var milliseconds = wait <= TimeSpan.Zero ? 0 : (int)Math.Ceiling(wait.TotalMilliseconds);
        var any = _inputs.TryTake(out var input, milliseconds);
        _peer.Advance(_clock.Now);
        for (var taken = 0; any; any = ++taken < BatchSize && _inputs.TryTake(out input, milliseconds: 0))
        {
            Step(input!);
        }

        Act();
    }

    private void Step(LoopInput input)
    {
        var now = _clock.Now;
        switch (input)
        {
            case LoopInput.CheckCompleted completed:
                _peer.CheckCompleted(now, completed.Id, completed.Result);
                break;
            case LoopInput.Frame frame:
                _peer.FrameReceived(now, frame.Link, frame.Bytes);
                frame.Done();
                break;
            case LoopInput.LinkOpened opened:
                _peer.LinkOpened(now, opened.Link, opened.Neighbour, opened.DialledHere);
                break;
            case LoopInput.LinkClosed closed:
                _peer.LinkClosed(now, closed.Link, closed.Reason);
                break;
            case LoopInput.DialFailed failed:
                _peer.DialFailed(now, failed.Neighbour, failed.Reason);
                break;
            case LoopInput.Neighbours neighbours:
                _peer.SetNeighbours(now, neighbours.Nodes);
                break;
            case LoopInput.TakeUp takeUp:
                _peer.TakeUp(now, takeUp.Change);
                _shell.Follow(takeUp.Change.After);
                takeUp.Done.TrySetResult(_clock.Now.Monotonic - now.Monotonic);
                break;
            case LoopInput.View view:
                view.Take(_peer, now);
                break;
            case LoopInput.Leave:
                _peer.Leave(now);
                break;
            default:
                throw new InvalidOperationException($"unknown input {input.GetType().Name}");
        }
    }

    private void Act()
    {
        var effects = _peer.Effects;
        foreach (var entry in effects.Log)
        {
            _shell.WriteLog(entry);
        }

        foreach (var effect in effects.Links)
        {
            Act(effect);
        }

        foreach (var check in effects.Checks)
        {
            _shell.StartCheck(check);
        }

        effects.Clear();
    }

    private void Act(ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.Send send:
                _shell.Send(send);
                break;
            case ClusterEffect.Dial dial:
                _shell.Dial(dial);
                break;
            case ClusterEffect.Close close:
                _shell.Close(close);
                break;
            case ClusterEffect.Notice notice:
                _shell.Notify(notice);
                break;
            default:
                throw new InvalidOperationException($"unknown effect {effect.GetType().Name}");
        }
    }
}
