namespace Compeer.Engine.Scheduling;

/// <summary>
/// The checks waiting for their time: a four-ary heap over dense ids that knows where each id stands, so that moving or
/// removing one costs O(log n) and nothing is ever left behind in it. Equal times come out in the order of ids, which
/// makes the engine deterministic.
/// </summary>
/// <remarks>A wheel would move an id in O(1) (see the measurements of timers), but it rounds times and its next wake-up is
/// not exact; 300 ns a check is nothing beside the start of a plugin.</remarks>
internal sealed class CheckQueue
{
    private const int Arity = 4;
    private const int Absent = -1;

    private readonly long[] _due;
    private readonly int[] _place;
    private readonly int[] _heap;
    private bool _isUnordered;

    /// <summary>An empty queue for the ids from 0 to <paramref name="count"/> - 1.</summary>
    public CheckQueue(int count)
    {
        _due = new long[count];
        _place = new int[count];
        _heap = new int[count];
        Array.Fill(_place, Absent);
    }

    /// <summary>How many ids wait.</summary>
    public int Count { get; private set; }

    /// <summary>Whether this id waits.</summary>
    public bool Contains(int id) => _place[id] != Absent;

    /// <summary>When this waiting id is due, monotonic.</summary>
    public TimeSpan Due(int id) => new(_due[id]);

    /// <summary>The first id and its time.</summary>
    public bool TryPeek(out int id, out TimeSpan due)
    {
        if (Count == 0 || _isUnordered)
        {
            id = Absent;
            due = default;
            return false;
        }

        id = _heap[0];
        due = new TimeSpan(_due[id]);
        return true;
    }

    /// <summary>Puts an id in, or moves it.</summary>
    public void Set(int id, TimeSpan due)
    {
        _due[id] = due.Ticks;
        var place = _place[id];
        if (place == Absent)
        {
            place = Count++;
            Put(id, place);
        }

        if (!_isUnordered)
        {
            Down(id, Up(id, place));
        }
    }

    /// <summary>Ids that are put in from now on are ordered together, by <see cref="Order"/>, which for a million of them costs
    /// a fraction of putting each in its place. Nothing may be taken out until then.</summary>
    public void Collect() => _isUnordered = true;

    /// <summary>Ends what <see cref="Collect"/> began (Floyd's heap construction).</summary>
    public void Order()
    {
        _isUnordered = false;
        for (var place = (Count - 2) / Arity; place >= 0 && Count > 1; place--)
        {
            Down(_heap[place], place);
        }
    }

    /// <summary>The ids that wait, in no order that means anything.</summary>
    public ReadOnlySpan<int> Waiting => _heap.AsSpan(0, Count);

    /// <summary>Takes an id out; nothing happens when it does not wait.</summary>
    public void Remove(int id)
    {
        var place = _place[id];
        if (place == Absent)
        {
            return;
        }

        _place[id] = Absent;
        var last = _heap[--Count];
        if (last != id)
        {
            Down(last, Up(last, place));
        }
    }

    private int Up(int id, int place)
    {
        while (place > 0)
        {
            var parent = (place - 1) / Arity;
            if (!Before(id, _heap[parent]))
            {
                break;
            }

            Put(_heap[parent], place);
            place = parent;
        }

        Put(id, place);
        return place;
    }

    private void Down(int id, int place)
    {
        while (true)
        {
            var first = (place * Arity) + 1;
            if (first >= Count)
            {
                break;
            }

            var smallest = first;
            var end = Math.Min(first + Arity, Count);
            for (var child = first + 1; child < end; child++)
            {
                if (Before(_heap[child], _heap[smallest]))
                {
                    smallest = child;
                }
            }

            if (!Before(_heap[smallest], id))
            {
                break;
            }

            Put(_heap[smallest], place);
            place = smallest;
        }

        Put(id, place);
    }

    private void Put(int id, int place)
    {
        _heap[place] = id;
        _place[id] = place;
    }

    private bool Before(int left, int right)
    {
        var difference = _due[left] - _due[right];
        return difference < 0 || (difference == 0 && left < right);
    }
}
