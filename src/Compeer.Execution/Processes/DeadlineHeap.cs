namespace Compeer.Execution.Processes;

/// <summary>
/// The next deadline of each of many entries, the earliest first: a binary heap that knows where each entry stands, so
/// that one is moved or removed in O(log n). Entries are small dense numbers, deadlines timestamps of any unit.
/// </summary>
internal sealed class DeadlineHeap
{
    private const int Absent = -1;

    private (long Deadline, int Entry)[] _heap = new (long, int)[64];
    private int[] _places = [];
    private int _count;

    internal int Count => _count;

    /// <summary>The earliest deadline; only when there is one.</summary>
    internal long Earliest => _heap[0].Deadline;

    /// <summary>The entry of the earliest deadline; only when there is one.</summary>
    internal int EarliestEntry => _heap[0].Entry;

    /// <summary>Gives an entry its deadline, in place of the one it had.</summary>
    internal void Set(int entry, long deadline)
    {
        var place = Place(entry);
        if (place == Absent)
        {
            if (_count == _heap.Length)
            {
                Array.Resize(ref _heap, 2 * _count);
            }

            GrowPlaces(entry);
            place = _count++;
        }

        Put(place, (deadline, entry));
        Settle(place);
    }

    /// <summary>Takes an entry out; nothing happens if it has no deadline.</summary>
    internal void Remove(int entry)
    {
        var place = Place(entry);
        if (place == Absent)
        {
            return;
        }

        _places[entry] = Absent;
        _count--;
        if (place < _count)
        {
            Put(place, _heap[_count]);
            Settle(place);
        }
    }

    private int Place(int entry) => entry < _places.Length ? _places[entry] : Absent;

    private void GrowPlaces(int entry)
    {
        var old = _places.Length;
        if (entry >= old)
        {
            Array.Resize(ref _places, Math.Max(entry + 1, Math.Max(64, 2 * old)));
            Array.Fill(_places, Absent, old, _places.Length - old);
        }
    }

    private void Put(int place, (long Deadline, int Entry) item)
    {
        _heap[place] = item;
        _places[item.Entry] = place;
    }

    private void Settle(int place)
    {
        var item = _heap[place];
        while (place > 0 && _heap[(place - 1) / 2].Deadline > item.Deadline)
        {
            Put(place, _heap[(place - 1) / 2]);
            place = (place - 1) / 2;
        }

        while (true)
        {
            var child = (2 * place) + 1;
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && _heap[child + 1].Deadline < _heap[child].Deadline)
            {
                child++;
            }

            if (_heap[child].Deadline >= item.Deadline)
            {
                break;
            }

            Put(place, _heap[child]);
            place = child;
        }

        Put(place, item);
    }
}
