using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Between the values and the database. It takes what an earlier run of this node left there: the values with their own stamps, so
/// that whoever has newer ones wins, and what the node knew then, so that equal ones are not sent. It is taken as if another node had
/// sent it: so it does no harm when it is old, as from a backup, or when it comes late, as from a disk that could not be read at the
/// start.
/// </summary>
internal sealed class ValueStorage
{
    private readonly ClusterContext _context;
    private readonly ValueStore _store;
    private readonly Knowledge _knowledge;
    private readonly LocalWrites _writes;
    private readonly Renumbering _renumbering;
    private readonly StreamExchange _streams;

    public ValueStorage(
        ClusterContext context,
        ValueStore store,
        Knowledge knowledge,
        LocalWrites writes,
        Renumbering renumbering,
        StreamExchange streams)
    {
        (_context, _store, _knowledge, _writes, _renumbering, _streams) = (context, store, knowledge, writes, renumbering, streams);
        if (streams.Journal is { } journal)
        {
            store.Unstored.Add(journal);
        }
    }

    /// <summary>What the database has not.</summary>
    public UnstoredWrites Unstored => _store.Unstored;

    /// <inheritdoc cref="UnstoredWrites.Take"/>
    public UnstoredValues? TakeUnstored(bool isLast) => _store.Unstored.Take(_store, _knowledge, isLast);

    /// <summary>The entries of streams that the database has, and has not; null when it has nothing to do with them.</summary>
    public StreamJournal? Streams => _streams.Journal;

    /// <inheritdoc cref="UnstoredWrites.StoreAnew"/>
    public void StoreAnew()
    {
        _store.Unstored.StoreAnew(_store);
        Streams?.StoreAnew();
    }

    /// <summary>Takes what the database has.</summary>
    public void Take(StoredValues stored)
    {
        if (stored.Streams is { } streams && Streams is { } journal)
        {
            journal.Load(streams);
            _streams.Load(streams.Extents);
        }

        var isFirst = _store.Keyed.Count == 0 && _writes.Numbers.Last < _writes.Numbers.First;
        GoOnAbove(TopOfOwn(stored));
        foreach (var entry in stored.Knowledge)
        {
            _knowledge.TakeOver(entry);
            if (entry.IsPartial)
            {
                _knowledge.MarkPartial(entry.Origin);
            }
        }

        _store.Unstored.IsLoading = isFirst;
        var dropped = new List<RegisterKey>();
        foreach (var update in stored.Values)
        {
            _writes.Clock.Observe(update.Clock, _context.Now.Wall);
            if (!_store.Take(update))
            {
                _knowledge.Drop(update.Origin, update.Sequence);
                dropped.Add(KeyedTable.KeyOf(update));
            }
            else if (update.Kind != RegisterKind.CheckState)
            {
                _knowledge.Add(update.Origin, update.Sequence);
            }
        }

        _store.Unstored.IsLoading = false;
        foreach (var update in stored.Refused)
        {
            _knowledge.Remove(update.Origin, new WriteRange(update.Sequence, update.Sequence));
            dropped.Add(KeyedTable.KeyOf(update));
        }

        dropped.ForEach(_store.Unstored.Mark);
        if (!isFirst)
        {
            _writes.Defend();
            _store.Unstored.StoreAnew(_store);
        }
    }

    private long TopOfOwn(StoredValues stored)
    {
        var top = 0L;
        foreach (var entry in stored.Knowledge.Where(entry => entry.Origin == _context.Self && entry.Known.Length > 0))
        {
            top = Math.Max(top, entry.Known[^1].To);
        }

        foreach (var update in stored.Values.Concat(stored.Refused))
        {
            top = update.Origin == _context.Self ? Math.Max(top, update.Sequence) : top;
        }

        return top;
    }

    /// <summary>The file of the numbers is older than the database, or lost.</summary>
    private void GoOnAbove(long top)
    {
        if (top <= _writes.Numbers.Last)
        {
            return;
        }

        if (_writes.Numbers.Last < _writes.Numbers.First)
        {
            _writes.Numbers.BeginAbove(top);

            // What is in the database may be sent before anything is written.
            _writes.Numbers.Reserve(_writes.Clock);
        }
        else
        {
            _renumbering.JumpAbove(top);
        }
    }
}
