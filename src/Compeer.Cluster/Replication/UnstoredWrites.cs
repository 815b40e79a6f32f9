using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Which registers have a value that the database has not: their names only, so that a slow disk costs no memory however long it
/// takes. What is written is what they have by then. States are gathered; what somebody waits for goes at once, together with all
/// that came by then.
/// </summary>
internal sealed class UnstoredWrites(ClusterContext context, int objects)
{
    /// <summary>How long states are gathered: with the writing they are at most a second behind.</summary>
    public static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(800);

    /// <summary>Objects whose states are written at once, so that the loop is not busy with their bytes for long.</summary>
    public const int MostStates = 4_096;

    /// <summary>Other values that are written at once.</summary>
    public const int MostKeyed = 16_384;

    private readonly HashSet<RegisterKey> _openKeys = [];
    private readonly Queue<RegisterKey> _keys = [];
    private readonly WaitingMarks _marks = new();
    private Queue<int> _slots = [];
    private bool[] _isOpen = new bool[objects];
    private TimeSpan _due = TimeSpan.MaxValue;
    private long _knowledgeTaken;
    private bool _isHurried;
    private bool _isUnderWay;
    private bool _isSettled;

    /// <summary>Whether there is a database at all.</summary>
    public bool IsKept { get; } = context.Options.KeepsValues;

    /// <summary>What the database has not of streams; null when it has nothing to do with them.</summary>
    public StreamJournal? Streams { get; private set; }

    /// <summary>What is being read from the database is in it.</summary>
    public bool IsLoading { get; set; }

    /// <summary>Rises with what somebody waits for; it is stored when <see cref="Stored"/> has come so far.</summary>
    public long Urgent => _marks.Last;

    /// <summary>How far everything is in the database that somebody waits for.</summary>
    public long Stored { get; private set; }

    /// <summary>When <see cref="Take"/> has something, at the latest.</summary>
    public TimeSpan Due => _isUnderWay || !_isSettled ? TimeSpan.MaxValue : _isHurried ? context.Monotonic : _due;

    /// <summary>Streams are kept in the database, too.</summary>
    public void Add(StreamJournal streams)
    {
        Streams = streams;
        streams.Changed = Begin;
    }

    /// <summary>When the oldest came up that was not taken; null when there is nothing.</summary>
    public TimeSpan? OldestSince => _due == TimeSpan.MaxValue ? null : _due - GatherFor;

    /// <summary>From now on numbers of writes stay as they are: nothing is stored before.</summary>
    public void Settle() => _isSettled = true;

    /// <summary>The state of an object has another value, or none any more.</summary>
    public void Mark(int slot)
    {
        if (IsKept && !IsLoading && !_isOpen[slot])
        {
            _isOpen[slot] = true;
            _slots.Enqueue(slot);
            _marks.States.Marked++;
            Begin();
        }
    }

    /// <summary>Another register has another value, or none any more.</summary>
    public void Mark(RegisterKey key)
    {
        if (IsKept && !IsLoading && _openKeys.Add(key))
        {
            _keys.Enqueue(key);
            _marks.Keyed.Marked++;
            Begin();
        }
    }

    /// <summary>Somebody waits for what was marked just now, or it must not be lost.</summary>
    public void Hurry()
    {
        if (IsKept)
        {
            _marks.Await();
            _isHurried = true;
            Begin();
        }
    }

    /// <summary>The database is another one, and empty: everything is to be written.</summary>
    public void StoreAnew(ValueStore store)
    {
        for (var slot = 0; slot < store.Table.Count; slot++)
        {
            if (store.Table.IsWritten(slot))
            {
                Mark(slot);
            }
        }

        foreach (var update in store.Keyed.All)
        {
            Mark(KeyedTable.KeyOf(update));
        }

        _knowledgeTaken = 0;
        Begin();
    }

    /// <summary>Other objects: the numbers of those that stay.</summary>
    public void Renumber(ReadOnlySpan<int> former)
    {
        var wasOpen = _isOpen;
        _isOpen = new bool[former.Length];
        _slots = [];
        _marks.States.Taken = _marks.States.Marked;
        for (var slot = 0; slot < former.Length; slot++)
        {
            if (former[slot] >= 0 && wasOpen[former[slot]])
            {
                _isOpen[slot] = true;
                _slots.Enqueue(slot);
                _marks.States.Taken--;
            }
        }
    }

    /// <summary>What is to be written now; null when there is nothing, or something is being written still.</summary>
    /// <param name="store">The values.</param>
    /// <param name="knowledge">What this node has.</param>
    /// <param name="isLast">All of it, since nothing follows.</param>
    public UnstoredValues? Take(ValueStore store, Knowledge knowledge, bool isLast)
    {
        if (!IsKept || (isLast ? _due == TimeSpan.MaxValue || !_isSettled : Due > context.Monotonic))
        {
            return null;
        }

        var isAll = isLast || (_slots.Count <= MostStates && _keys.Count <= MostKeyed);
        var (values, gone) = (new List<Update>(), new List<RegisterKey>());
        TakeKeys(store, isAll, isLast ? int.MaxValue : MostKeyed, values, gone);
        TakeSlots(store, isAll, isLast ? int.MaxValue : MostStates, values, gone);

        // What is known may only be claimed together with everything that it claims.
        var known = isAll ? knowledge.EntriesSince(_knowledgeTaken) : [];
        _knowledgeTaken = isAll ? knowledge.Changes : _knowledgeTaken;
        var streams = Streams?.TakeUnstored(context.Now.Wall, isLast ? int.MaxValue : StreamJournal.MostEntries, isLast || _isHurried);
        _isHurried &= !isAll;
        _due = isAll && Streams is not { IsOpen: true } ? TimeSpan.MaxValue : context.Monotonic;
        _isUnderWay = true;
        return new UnstoredValues(_marks.Reached(), values, gone, known) { Streams = streams };
    }

    /// <summary>Everything up to a mark is in the database.</summary>
    public void Confirm(long mark)
    {
        Stored = Math.Max(Stored, mark);
        Streams?.Confirm();
        _isUnderWay = false;
    }

    private void Begin()
    {
        if (_due == TimeSpan.MaxValue)
        {
            _due = context.Monotonic + GatherFor;
        }
    }

    private void TakeKeys(ValueStore store, bool isAll, int most, List<Update> values, List<RegisterKey> gone)
    {
        for (var left = Math.Min(most, _keys.Count); left > 0; left--)
        {
            var key = _keys.Dequeue();
            _marks.Keyed.Taken++;
            var slot = key.Kind == RegisterKind.CheckState ? store.Objects.Find(key.Key.Span) : -1;
            var isThere = slot >= 0 ? store.Table.IsWritten(slot) : store.Keyed.Find(key) is not null;
            if (!isThere && !isAll)
            {
                // Gone together with the claim to have it.
                _keys.Enqueue(key);
                _marks.Keyed.Marked++;
                continue;
            }

            _openKeys.Remove(key);
            if (!isThere)
            {
                gone.Add(key);
            }
            else if ((slot >= 0 ? store.ReadSlot(slot) : store.Keyed.Find(key)) is { } update)
            {
                values.Add(update);
            }
        }
    }

    private void TakeSlots(ValueStore store, bool isAll, int most, List<Update> values, List<RegisterKey> gone)
    {
        for (var left = Math.Min(most, _slots.Count); left > 0; left--)
        {
            var slot = _slots.Dequeue();
            _marks.States.Taken++;
            if (!store.Table.IsWritten(slot))
            {
                if (isAll)
                {
                    _isOpen[slot] = false;
                    gone.Add(new RegisterKey(RegisterKind.CheckState, store.Objects.KeyOf(slot)));
                }
                else
                {
                    _slots.Enqueue(slot);
                    _marks.States.Marked++;
                }

                continue;
            }

            _isOpen[slot] = false;
            if (store.ReadSlot(slot) is { } update)
            {
                values.Add(update);
            }
        }
    }
}
