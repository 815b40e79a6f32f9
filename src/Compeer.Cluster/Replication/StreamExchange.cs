using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Append-only streams on their way: every node says what it has, and asks for each stream at one neighbour, the writer
/// itself where that is one. So an entry takes one way to each node, also along a line. Where another neighbour has what that
/// one has not, it is asked as well. Nothing "newer" replaces an entry, and a gap stays one until its entries come.
/// </summary>
internal sealed class StreamExchange
{
    /// <summary>How often what changed is told, and what is missing is looked for elsewhere.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int MaxFrame = 64 << 10;

    private readonly ClusterContext _context;
    private readonly IStreamStore _store;
    private readonly StreamTable _table;
    private readonly OwnStreams _own;
    private readonly int _frameBytes;
    private List<ReplicationLink> _links = [];
    private TimeSpan _nextTick = TimeSpan.MinValue;

    public StreamExchange(ClusterContext context, IStreamStore store)
    {
        _context = context;
        _store = store;
        _table = new StreamTable(store);
        _own = new OwnStreams(context, store, _table);
        _frameBytes = Math.Min(MaxFrame, ProtocolLimits.BatchBytes(context.Options.MaxFrameBytes));
    }

    /// <summary>What is here.</summary>
    public StreamTable Table => _table;

    /// <summary>Where the database stands behind them; null when there is none.</summary>
    public StreamJournal? Journal => _store as StreamJournal;

    /// <summary>When gathered entries are to be sent.</summary>
    public TimeSpan SendAt { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Writes an entry of this node's own. Null when it is too long to travel; else its number.</summary>
    public long? Append(StreamKind kind, ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > ProtocolLimits.MaxEntry)
        {
            return null;
        }

        SendAt = Earlier(SendAt, _context.Monotonic + LiveStream.FlushAfter);
        return _own.Append(kind, payload);
    }

    /// <summary>The store has these, from an earlier run.</summary>
    public void Load(IReadOnlyList<StreamExtent> extents)
    {
        _table.Load(extents);
        _own.Load(extents);
    }

    /// <inheritdoc cref="EntryNumbers.StartRun"/>
    public void StartRun() => _own.StartRun();

    /// <summary>Nothing more is written in this run.</summary>
    public void Close() => _own.Close();

    /// <summary>A link was greeted: what this node has is said, so that the other end can ask and give.</summary>
    public void Greet(ReplicationLink link)
    {
        _links = [.. _links, link];
        Tell(link);
    }

    /// <summary>A link ended: what came over it is asked for elsewhere.</summary>
    public void Forget(ReplicationLink link)
    {
        _links = [.. _links.Where(other => other != link)];
        foreach (var stream in link.Streams?.Wanted ?? [])
        {
            Choose(stream);
        }

        TellUntold();
    }

    /// <summary>What the other end has, wants, and got. False when it got more than was sent.</summary>
    public bool Hear(ReplicationLink link, LinkFrame.Streams frame)
    {
        if (link.Streams is not { } there)
        {
            // It did not say that it understands streams: nothing was sent to it, and nothing is taken.
            return true;
        }

        if (!there.Window.Acknowledge(frame.Frames))
        {
            return false;
        }

        foreach (var state in frame.States)
        {
            if (!there.Offers.ContainsKey(state.Stream) && there.Offers.Count >= ProtocolLimits.MaxStreams)
            {
                _context.NoticeOnce(
                    "streams", NoticeLevel.Warning, $"there are more than {ProtocolLimits.MaxStreams} streams; not all are kept");
                continue;
            }

            Hear(link, there, state);
        }

        TellUntold();
        Send(link);
        return true;
    }

    /// <summary>Entries came; those that are not here are kept.</summary>
    public void Receive(ReplicationLink link, LinkFrame.Entries frame, int frameBytes)
    {
        if (link.Streams is not { } there)
        {
            return;
        }

        if (_table.Has(frame.Stream) || _table.Streams.Count < ProtocolLimits.MaxStreams)
        {
            foreach (var entry in frame.Items)
            {
                _own.Notice(frame.Stream, entry.Number);
                if (_table.Add(frame.Stream, entry, isReceived: true))
                {
                    _context.Emit(new ClusterEffect.Entered(frame.Stream, entry));
                    SendAt = Earlier(SendAt, _context.Monotonic + LiveStream.PassOnAfter);
                }
            }
        }

        there.FramesReceived++;
        there.Received = (there.Received.Bytes + frameBytes, there.Received.Entries + frame.Items.Count);
        if (there.Received.Bytes >= StreamLink.WindowBytes / 4 || there.Received.Entries >= StreamLink.WindowEntries / 4)
        {
            Tell(link);
        }
    }

    /// <summary>Tells what changed and looks for what is missing, when it is time to.</summary>
    public void Advance()
    {
        if (_context.Monotonic < _nextTick)
        {
            return;
        }

        _nextTick = _context.Monotonic + Interval;
        _own.Move();
        foreach (var stream in _links.SelectMany(link => link.Streams?.Offers.Keys ?? Enumerable.Empty<StreamId>()).Distinct().ToArray())
        {
            Choose(stream);
        }

        foreach (var link in _links)
        {
            Tell(link);
            foreach (var offer in link.Streams?.Offers.Values ?? Enumerable.Empty<StreamOffer>())
            {
                offer.Former = offer.Numbers.Copy();
            }
        }

        SendAll();
    }

    /// <summary>Sends on all links what there is room for.</summary>
    public void SendAll()
    {
        SendAt = TimeSpan.MaxValue;
        foreach (var link in _links)
        {
            Send(link);
        }
    }

    /// <summary>Sends what there is room for, and what states leave room for: they go first.</summary>
    public void Send(ReplicationLink link)
    {
        if (link.Streams is not { } there)
        {
            return;
        }

        for (var isMore = true; isMore;)
        {
            isMore = false;
            foreach (var (stream, sending) in there.Sending)
            {
                if (there.Window.IsFull || link.Window.IsFull || link.SyncOut is not null)
                {
                    return;
                }

                isMore |= SendNext(link, there, stream, sending);
            }
        }
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Hear(ReplicationLink link, StreamLink there, StreamState state)
    {
        _own.Notice(state);
        there.Replace(state);
        if (!state.IsWanted)
        {
            there.Sending.Remove(state.Stream);
        }
        else if (there.Sending.TryGetValue(state.Stream, out var sending))
        {
            sending.Take(state);
        }
        else
        {
            there.Sending.Add(state.Stream, StreamOffer.Of(state, new IntervalSet()));
        }

        NoticeLost(link, state);
        Choose(state.Stream);
    }

    /// <summary>Where to ask for a stream: at its writer, or where it was asked for before, or who has most.</summary>
    private void Choose(StreamId stream)
    {
        var main = stream.Origin == _context.Self ? null : _links
            .Where(link => link.Streams?.Offers.ContainsKey(stream) ?? false)
            .OrderByDescending(link => link.Neighbour == stream.Origin)
            .ThenByDescending(link => link.Streams!.Wanted.Contains(stream))
            .ThenByDescending(link => link.Streams!.Offers[stream].Numbers.Top)
            .FirstOrDefault();
        var expected = _table.NumbersOf(stream).Copy();
        foreach (var range in main?.Streams!.Offers[stream].Numbers.Ranges ?? [])
        {
            expected.Add(range);
        }

        foreach (var link in _links)
        {
            if (link.Streams is { } there && there.Offers.TryGetValue(stream, out var offer))
            {
                var isWanted = link == main || offer.Former.FirstBeyond(expected, _table.FloorOf(stream)) is not null;
                if (isWanted ? there.Wanted.Add(stream) : there.Wanted.Remove(stream))
                {
                    there.Untold.Add(stream);
                }
            }
        }
    }

    /// <summary>Its writer let something go that this node does not have and nobody else here has either.</summary>
    private void NoticeLost(ReplicationLink link, StreamState state)
    {
        var mine = _table.NumbersOf(state.Stream);
        if (link.Neighbour != state.Stream.Origin || mine.Top == 0 || state.Floor <= mine.Top)
        {
            return;
        }

        var known = new IntervalSet();
        foreach (var range in _links.SelectMany(other => other.Streams?.Offers.GetValueOrDefault(state.Stream)?.Numbers.Ranges ?? []))
        {
            known.Add(range);
        }

        if (!known.Covers(new WriteRange(mine.Top + 1, state.Floor)))
        {
            _context.NoticeOnce(
                $"stream {state.Stream}",
                NoticeLevel.Warning,
                $"node {link.Name} had no room to keep its {state.Stream.Kind} until this node could get it: "
                + $"entries from {mine.Top + 1} to {state.Floor} are missing here");
        }
    }

    private bool SendNext(ReplicationLink link, StreamLink there, StreamId stream, StreamOffer sending)
    {
        var mine = _table.NumbersOf(stream);
        if (mine.FirstBeyond(sending.Numbers, Math.Max(sending.Floor, _table.FloorOf(stream))) is not { } missing)
        {
            return false;
        }

        var read = _store.Read(stream, missing.From, _frameBytes);
        if (read.IsPending)
        {
            return false;
        }

        var items = read.Entries.TakeWhile(entry => entry.Number <= missing.To).ToArray();
        var first = items.Length > 0 ? items[0].Number : missing.To + 1;
        if (first > missing.From)
        {
            // The store lost them: nobody is told again that they are here.
            _table.Remove(stream, missing with { To = first - 1 });
            return true;
        }

        foreach (var item in items)
        {
            sending.Numbers.Add(item.Number);
        }

        _own.HasSent |= stream.Origin == _context.Self;
        var frame = FrameCodec.Encode(new LinkFrame.Entries(stream, items));
        _context.Emit(new ClusterEffect.Send(link.Id, frame));
        there.Window.Sent(frame.Length, items.Length);
        return true;
    }

    private void TellUntold()
    {
        foreach (var link in _links)
        {
            if (link.Streams is { Untold.Count: > 0 })
            {
                Tell(link);
            }
        }
    }

    /// <summary>Says what changed, and how much came.</summary>
    private void Tell(ReplicationLink link)
    {
        if (link.Streams is not { } there)
        {
            return;
        }

        // A poller is offered no history but what it has itself: that of others is not for it.
        var states = _table.Streams.Where(stream => _table.HasChanged(stream, there.ToldChanges)).Union(there.Untold)
            .Where(stream => link.Side != LinkSide.Below || there.Offers.ContainsKey(stream))
            .Select(stream => new StreamState(
                stream, _table.NumbersOf(stream).ToImmutable(), _table.FloorOf(stream), there.Wanted.Contains(stream)))
            .ToArray();
        there.Untold.Clear();
        there.ToldChanges = _table.Changes;
        var (frame, bytes) = (new List<StreamState>(), 0);
        foreach (var state in states)
        {
            frame.Add(state);
            bytes += 40 + (18 * state.Numbers.Length);
            if (bytes >= _frameBytes)
            {
                Tell(link, there, frame);
                (frame, bytes) = ([], 0);
            }
        }

        if (frame.Count > 0 || there.FramesAcknowledged < there.FramesReceived)
        {
            Tell(link, there, frame);
        }
    }

    private void Tell(ReplicationLink link, StreamLink there, List<StreamState> states)
    {
        there.Received = default;
        there.FramesAcknowledged = there.FramesReceived;
        _context.Send(link.Id, new LinkFrame.Streams([.. states], there.FramesReceived));
    }
}
