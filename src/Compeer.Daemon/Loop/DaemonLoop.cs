using System.Diagnostics.CodeAnalysis;
using Compeer.Peer;

namespace Compeer.Daemon.Loop;

/// <summary>
/// The one thread that owns the <see cref="MonitoringPeer"/>. It only carries: waits for an input, runs a
/// <see cref="PeerRound"/>, hands out what came of it. How many inputs a round takes, when time counts and in which order effects
/// are carried out is the round's to say. It never waits for anything but its queue.
/// </summary>
internal sealed class DaemonLoop : IDisposable
{
    private readonly LoopQueue _inputs;
    private readonly Dictionary<AnswerToken, LoopInput> _waiting = [];
    private readonly MonitoringPeer _peer;
    private readonly PeerRound _round;
    private readonly InstantSource _clock;
    private readonly IPeerShell _shell;
    private readonly Source _source;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stopped = new(initialState: false, spinCount: 0);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Instant _roundBegan;
    private bool _isGathering;
    private long _lastToken;
    private volatile bool _stopping;

    public DaemonLoop(MonitoringPeer peer, InstantSource clock, IPeerShell shell, LoopQueue inputs)
    {
        _inputs = inputs;
        _peer = peer;
        _round = new PeerRound(peer);
        _clock = clock;
        _shell = shell;
        _source = new Source(this);
        _thread = new Thread(Run) { Name = "engine loop", IsBackground = true };
    }

    /// <summary>Inputs waiting.</summary>
    public int QueueLength => _inputs.Length;

    public void Start() => _thread.Start();

    /// <summary>Queues an input, from any thread. When the loop is over it is dropped, as nobody is left to act.</summary>
    public void Post(LoopInput input) => _inputs.Post([input]);

    /// <summary>The same for an input that nobody waits for.</summary>
    public void Post(PeerInput input) => _inputs.Post(input);

    /// <summary>Runs <paramref name="take"/> on the loop and returns what it made: how readers get their views.</summary>
    /// <exception cref="OperationCanceledException">The loop ended before it came to it.</exception>
    public async Task<T> ViewAsync<T>(Func<MonitoringPeer, Instant, T> take, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new LoopInput(new PeerInput.View(), () => Complete(completion, () => take(_peer, _clock.Now))));
        return await EndedOr(completion.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends when the checks that were due at the start are given out, after the neighbours that were posted before: one round
    /// gives this node its objects, the next starts what is due. Ends with the loop, too.</summary>
    public async Task FirstChecksAsync()
    {
        await ViewAsync((_, _) => true, CancellationToken.None).ConfigureAwait(false);
        await ViewAsync((_, _) => true, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Gives an external command; null when it is carried out, else why not.</summary>
    /// <exception cref="OperationCanceledException">The loop ended before it came to it.</exception>
    public async Task<string?> CommandAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = new PeerInput.Command(line) { IsRelied = true };
        Post(new LoopInput(command, Answered: null) { Told = failure => completion.TrySetResult(failure) });
        return await EndedOr(completion.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives an input and waits for its answer.</summary>
    /// <exception cref="OperationCanceledException">The loop ended before it came to it.</exception>
    public async Task TakeAsync(PeerInput input, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new LoopInput(input, () => completion.TrySetResult(true)));
        await EndedOr(completion.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the peer take up another configuration; gives how long the loop was busy with the round that did it.</summary>
    /// <exception cref="OperationCanceledException">The loop ended before it came to it.</exception>
    public Task<TimeSpan> TakeUpAsync(PeerChange change)
    {
        var completion = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new LoopInput(
            new PeerInput.TakeUp(change),
            () => Complete(completion, () => _clock.Now.Monotonic - _roundBegan.Monotonic)));
        return EndedOr(completion.Task);
    }

    /// <summary>After the end: stores what is not yet.</summary>
    public void StoreLast()
    {
        if (_round.TakeLast() is { } values)
        {
            _shell.Store(values);
        }
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
                WaitForRound();
                _roundBegan = _clock.Now;
                foreach (var effect in _round.Run(_source))
                {
                    CarryOut(effect);
                }

                _shell.EndRound();
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

    /// <summary>Waits for an input or for what is due, and for the end of the pause. While inputs come within each pause it comes first:
    /// then there is one to take when it is over, and the thread sleeps once a round, not twice.</summary>
    private void WaitForRound()
    {
        var hasGathered = _isGathering && PauseSince(_roundBegan) && _inputs.Length > 0;
        _source.Wait(_round.WaitFrom(_clock.Now));
        _isGathering = PauseSince(_roundBegan) || hasGathered;
    }

    /// <summary>Sleeps for what is left of the pause, if anything: at a low rate the wait for an input was the pause already. When a whole
    /// round waits there is nothing to gather.</summary>
    /// <returns>Whether something was left.</returns>
    private bool PauseSince(Instant roundBegan)
    {
        if (_inputs.Length >= PeerRound.MaxInputs)
        {
            return false;
        }

        var left = roundBegan.Monotonic + PeerRound.ShortestPause - _clock.Now.Monotonic;
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        _stopped.Wait(left);
        return true;
    }

    private void CarryOut(PeerEffect effect)
    {
        switch (effect)
        {
            case PeerEffect.Persist persist:
                _shell.Persist(persist.State);
                break;
            case PeerEffect.Store store:
                _shell.Store(store.Values);
                break;
            case PeerEffect.Send send:
                _shell.Send(send.Link, send.Frame);
                break;
            case PeerEffect.Dial dial:
                _shell.Dial(dial.Neighbour);
                break;
            case PeerEffect.Close close:
                _shell.Close(close.Link, close.Reason);
                break;
            case PeerEffect.StartCheck start:
                _shell.StartCheck(start.Check);
                break;
            case PeerEffect.LookFor look:
                _shell.LookFor(look.Check);
                break;
            case PeerEffect.RunCommand run:
                _shell.RunCommand(run.Command);
                break;
            case PeerEffect.WritePerformance performance:
                _shell.WritePerformance(performance.Line);
                break;
            case PeerEffect.ReadCommands read:
                _shell.ReadCommands(read.File);
                break;
            case PeerEffect.Order order:
                _shell.Order(order.What);
                break;
            case PeerEffect.WriteLog line:
                _shell.WriteLog(line.Entry);
                break;
            case PeerEffect.MarkLog marked:
                _shell.MarkLog(marked.Mark);
                break;
            case PeerEffect.FetchEntries wanted:
                _shell.FetchEntries(wanted.Fetch);
                break;
            case PeerEffect.Notify notice:
                _shell.Notify(notice.Level, notice.Text);
                break;
            case PeerEffect.Exchange exchange:
                _shell.Exchange(exchange.Effect);
                break;
            case PeerEffect.Follow follow:
                _shell.Follow(follow.Configuration);
                break;
            case PeerEffect.Answer answer:
                _waiting.Remove(answer.Token, out var answered);
                answered.Answered?.Invoke();
                answered.Told?.Invoke(answer.Failure);
                break;
            default:
                throw new InvalidOperationException($"unknown effect {effect.GetType().Name}");
        }
    }

    private async Task<T> EndedOr<T>(Task<T> task)
    {
        var first = await Task.WhenAny(task, _ended.Task).ConfigureAwait(false);
        return first == task || task.IsCompleted
            ? await task.ConfigureAwait(false)
            : throw new OperationCanceledException("the daemon is stopping");
    }

    private static void Complete<T>(TaskCompletionSource<T> completion, Func<T> take)
    {
        try
        {
            completion.TrySetResult(take());
        }
        catch (Exception exception)
        {
            // A reader that cannot make its view is no reason to stop monitoring; it is told.
            completion.TrySetException(exception);
        }
    }

    /// <summary>The queue as a round sees it.</summary>
    private sealed class Source(DaemonLoop loop) : IRoundSource
    {
        private LoopInput? _first;

        public Instant Now => loop._clock.Now;

        public void Wait(TimeSpan limit)
        {
            // Rounded up: waking a fraction of a millisecond early would only make the loop spin until the time has come.
            _first = loop._inputs.TryTake(out var input, (int)Math.Ceiling(limit.TotalMilliseconds)) ? input : null;
        }

        public bool TryTake([NotNullWhen(true)] out PeerInput? input)
        {
            LoopInput taken;
            if (_first is { } first)
            {
                _first = null;
                taken = first;
            }
            else if (!loop._inputs.TryTake(out taken, milliseconds: 0))
            {
                input = null;
                return false;
            }

            input = taken.Input;
            if (taken.Answered is not null || taken.Told is not null)
            {
                var token = new AnswerToken(++loop._lastToken);
                loop._waiting.Add(token, taken);
                input = input with { Token = token };
            }

            return true;
        }
    }
}
