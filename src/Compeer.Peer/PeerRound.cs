using Compeer.Cluster.Model;

namespace Compeer.Peer;

/// <summary>
/// One turn of a peer: time and inputs in, effects out, in the order in which they must be carried out. What drives a peer is a
/// loop of three steps: wait <see cref="WaitFrom"/> for an input, <see cref="Run"/>, carry out what it gives; a turn begins not
/// before <see cref="ShortestPause"/> is over since the last began. Single-threaded.
/// </summary>
public sealed class PeerRound(MonitoringPeer peer)
{
    private readonly HeldAnswers _answers = new();

    /// <summary>Inputs taken in one round at most; the rest waits while the peer looks at its time and what came of these is
    /// carried out.</summary>
    public const int MaxInputs = 256;

    /// <summary>A round takes no further input when those it took have lasted so long: with large frames the pulses would
    /// otherwise be late.</summary>
    public static readonly TimeSpan LongestTaking = TimeSpan.FromMilliseconds(100);

    /// <summary>The shortest time from one round to the next. What falls due or comes back within it is handled in one round: a
    /// thousand checks a second would otherwise be two thousand wake-ups, which cost more than the engine does. A check starts,
    /// and a result counts, that much later at most.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest wait for an input, so that a suspended process notices soon after it wakes.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    /// <summary>How long to wait for an input, at most, before the next round: zero to <see cref="LongestWait"/>.</summary>
    public TimeSpan WaitFrom(Instant now)
    {
        var latest = now.Monotonic + LongestWait;
        latest = peer.Storage.Due < latest ? peer.Storage.Due : latest;
        var wake = peer.NextWake < latest ? peer.NextWake : latest;
        return wake > now.Monotonic ? wake - now.Monotonic : TimeSpan.Zero;
    }

    /// <summary>
    /// One round: the time first, so that a peer which was suspended doubts itself before it acts on anything, then the
    /// inputs, each with the time at which it is taken.
    /// </summary>
    /// <returns>What to do, in this order; good until the next round.</returns>
    public IReadOnlyList<PeerEffect> Run(IRoundSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var began = source.Now;
        var now = began;
        peer.Advance(now);
        for (var taken = 0; taken < MaxInputs && now.Monotonic - began.Monotonic < LongestTaking && source.TryTake(out var input); taken++)
        {
            now = source.Now;
            if (input.IsRelied)
            {
                TakeRelied(now, input);
                continue;
            }

            var failure = Take(now, input);
            if (input.Token.IsWanted)
            {
                _answers.Add(input, failure, peer.Storage.Unforgettable, peer.Outbox);
            }
        }

        peer.EndRound();
        if (peer.Storage.Take(isLast: false) is { } values)
        {
            peer.Outbox.Add(new PeerEffect.Store(values));
        }

        peer.AnswerOthers(now, _answers.IsWaiting);
        if (_answers.Give(peer.Storage.StoredUpTo, peer.Outbox))
        {
            peer.Replicate(now);
        }

        peer.Refusals.Report(now, peer.Outbox);
        return peer.Outbox.Take();
    }

    /// <summary>What nothing comes after any more: all that the database has not. The loop must be over.</summary>
    public UnstoredValues? TakeLast() => peer.Storage.Take(isLast: true);

    /// <summary>Gives one input to the peer that is answered when what came of it is in the database, here and at the owners of objects
    /// elsewhere.</summary>
    private void TakeRelied(Instant now, PeerInput input)
    {
        peer.Owners.Begin();
        var failure = Take(now, input);
        peer.Storage.Hurry();
        var mark = peer.Storage.Unforgettable;
        peer.Owners.End(elsewhere =>
        {
            if (input.Token.IsWanted)
            {
                _answers.Add(input, failure ?? elsewhere, mark, peer.Outbox);
            }
        });
    }

    /// <summary>Gives one input to the peer.</summary>
    /// <returns>Of a command: why it is not carried out.</returns>
    private string? Take(Instant now, PeerInput input)
    {
        switch (input)
        {
            case PeerInput.CheckCompleted completed:
                peer.CheckCompleted(now, completed.Id, completed.Result);
                break;
            case PeerInput.CheckLost lost:
                peer.CheckLost(now, lost.Id, lost.Run);
                break;
            case PeerInput.CommandEnded ended:
                peer.CommandEnded(now, ended.Run, ended.Result);
                break;
            case PeerInput.Frame frame:
                peer.FrameReceived(now, frame.Link, frame.Bytes);
                break;
            case PeerInput.LinkOpened opened:
                peer.LinkOpened(now, opened.Link, opened.Neighbour, opened.DialledHere, opened.Address);
                break;
            case PeerInput.LinkClosed closed:
                peer.LinkClosed(now, closed.Link, closed.Reason);
                break;
            case PeerInput.DialFailed failed:
                peer.DialFailed(now, failed.Neighbour, failed.Reason);
                break;
            case PeerInput.Neighbours neighbours:
                peer.SetNeighbours(now, neighbours);
                break;
            case PeerInput.TakeUp takeUp:
                peer.TakeUp(now, takeUp.Change);
                break;
            case PeerInput.Exchange exchange:
                peer.Exchange(now, exchange.Input);
                break;
            case PeerInput.Spooled spooled:
                return peer.TakeSpooled(now, spooled.Result);
            case PeerInput.Import import:
                peer.Import(now, import.File, import.Blocks, import.IsLast);
                break;
            case PeerInput.Command command:
                return peer.Command(now, command.Line);
            case PeerInput.Stored stored:
                peer.Storage.Confirm(stored.Mark, stored.Floors);
                _answers.IsWaiting = true;
                break;
            case PeerInput.StoreFailed:
                _answers.IsWaiting = false;
                break;
            case PeerInput.StoreAnew:
                peer.Storage.StoreAnew();
                break;
            case PeerInput.Load load:
                peer.Load(now, load.Values);
                break;
            case PeerInput.Leave:
                peer.Leave(now);
                break;
            case PeerInput.View:
                // Nothing but its answer.
                break;
            default:
                TakeHistory(now, input);
                break;
        }

        return null;
    }

    private void TakeHistory(Instant now, PeerInput input)
    {
        switch (input)
        {
            case PeerInput.Logged logged:
                peer.Logged(now, logged.Mark, logged.Position);
                break;
            case PeerInput.Fetched fetched:
                peer.Fetched(now, fetched);
                break;
            default:
                throw new InvalidOperationException($"unknown input {input.GetType().Name}");
        }
    }
}
