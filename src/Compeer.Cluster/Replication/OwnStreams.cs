using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>The streams that this node writes.</summary>
internal sealed class OwnStreams(ClusterContext context, IStreamStore store, StreamTable table)
{
    private const int MoveBytes = 1 << 20;

    private readonly EntryNumbers _numbers = new(context, table, store.IsAhead);
    private readonly Queue<(StreamId Stream, WriteRange Numbers)> _moves = [];

    /// <summary>Whether anybody was sent an entry in this run.</summary>
    public bool HasSent { get; set; }

    public long Append(StreamKind kind, ReadOnlyMemory<byte> payload)
    {
        var entry = new StreamEntry(_numbers.Next(kind), payload);
        table.Add(new StreamId(kind, context.Self), entry, isReceived: false);
        return entry.Number;
    }

    public void StartRun() => _numbers.StartRun();

    /// <summary>The store has entries of earlier runs.</summary>
    public void Load(IReadOnlyList<StreamExtent> extents)
    {
        _numbers.Load();
        foreach (var extent in extents)
        {
            Notice(extent.Stream, Math.Max(table.NumbersOf(extent.Stream).Top, extent.Floor));
        }
    }

    public void Close() => _numbers.Close();

    /// <summary>
    /// Another has entries of this node's that it does not know of: its disk was lost, or put back to an earlier state. What
    /// it wrote since is numbered again, above them.
    /// </summary>
    public void Notice(StreamState state)
    {
        if (state.Stream.Origin == context.Self)
        {
            var top = Math.Max(state.Floor, state.Numbers.IsEmpty ? 0 : state.Numbers[^1].To);
            var isTwice = !HasSent && top >= _numbers.FirstOf(state.Stream.Kind);
            Notice(state.Stream, isTwice ? Math.Max(top, _numbers.LastOf(state.Stream.Kind) + 1) : top);
        }
    }

    /// <inheritdoc cref="Notice(StreamState)"/>
    public void Notice(StreamId stream, long number)
    {
        if (stream.Origin == context.Self && number > _numbers.LastOf(stream.Kind))
        {
            var former = _numbers.JumpAbove(stream.Kind, number);
            if (former.From <= former.To)
            {
                _moves.Enqueue((stream, former));
                Move();
            }
        }
    }

    /// <summary>Gives entries other numbers, as soon as the store has them at hand.</summary>
    public void Move()
    {
        while (_moves.TryPeek(out var move) && MoveNext(move.Stream, move.Numbers))
        {
            _moves.Dequeue();
        }
    }

    private bool MoveNext(StreamId stream, WriteRange numbers)
    {
        while (true)
        {
            var read = store.Read(stream, numbers.From, MoveBytes);
            if (read.IsPending)
            {
                return false;
            }

            var moved = read.Entries.TakeWhile(entry => entry.Number <= numbers.To).ToArray();
            if (moved.Length == 0)
            {
                table.Remove(stream, numbers);
                return true;
            }

            store.Remove(stream, new WriteRange(numbers.From, moved[^1].Number));
            table.Remove(stream, new WriteRange(numbers.From, moved[^1].Number));
            foreach (var entry in moved)
            {
                table.Add(stream, entry with { Number = _numbers.Next(stream.Kind) }, isReceived: false);
            }
        }
    }
}
