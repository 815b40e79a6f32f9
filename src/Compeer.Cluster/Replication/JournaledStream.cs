using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>One stream of a <see cref="StreamJournal"/>: what of it is in memory, and what is in the database.</summary>
internal sealed class JournaledStream
{
    private readonly List<StreamEntry> _entries = [];
    private readonly HashSet<long> _underWay = [];
    private readonly IntervalSet _stored = new();

    /// <summary>Nothing up to this number is kept.</summary>
    public long Floor { get; private set; }

    /// <summary>Everything that is kept from this number on is in memory.</summary>
    public long CachedFrom { get; private set; } = 1;

    /// <summary>Rises when something below <see cref="CachedFrom"/> changed that is not in memory.</summary>
    public long Version { get; private set; }

    /// <summary>Of what is in memory.</summary>
    public long Bytes { get; private set; }

    /// <summary>The numbers of what is in memory.</summary>
    public IEnumerable<long> Numbers => _entries.Select(entry => entry.Number);

    /// <summary>Entries that are kept.</summary>
    public long Count => _stored.Count + _entries.Count(entry => !_stored.Contains(entry.Number));

    /// <summary>The database has these.</summary>
    public void Load(StreamExtent extent)
    {
        foreach (var range in extent.Numbers)
        {
            _stored.Add(range);
        }

        (Floor, CachedFrom) = (Math.Max(Floor, extent.Floor), Math.Max(CachedFrom, _stored.Top + 1));
        Version++;
    }

    public void Insert(StreamEntry entry)
    {
        _entries.Insert(IndexOf(entry.Number), entry);
        Bytes += entry.Size;
    }

    /// <summary>Entries in memory, from a number on, ascending.</summary>
    public List<StreamEntry> Read(long from, int bytes, long to = long.MaxValue)
    {
        var read = new List<StreamEntry>();
        for (var index = IndexOf(from); index < _entries.Count && _entries[index].Number <= to && bytes > 0; index++)
        {
            read.Add(_entries[index]);
            bytes -= _entries[index].Size;
        }

        return read;
    }

    /// <summary>An entry to be written; null when it is not there any more, or in the database.</summary>
    public StreamEntry? Take(long number)
    {
        var index = IndexOf(number);
        if (index == _entries.Count || _entries[index].Number != number || !_stored.Add(number))
        {
            return null;
        }

        // With more ranges than are spoken of, the oldest goes, here as there.
        while (_stored.Ranges.Count > StreamTable.MaxRanges)
        {
            Floor = Math.Max(Floor, _stored.Ranges[0].To);
            _stored.Remove(_stored.Ranges[0]);
        }

        _underWay.Add(number);
        return _entries[index];
    }

    /// <summary>An entry is in the database.</summary>
    public void Written(long number) => _underWay.Remove(number);

    /// <summary>What the database has when what was taken is there.</summary>
    public StreamExtent Stored(StreamId stream) => new(stream, _stored.ToImmutable(), Floor);

    /// <summary>Lets the lowest entry in memory go when the database has it.</summary>
    /// <returns>Its size; 0 when it must stay.</returns>
    public int Evict()
    {
        if (_entries.Count == 0 || !_stored.Contains(_entries[0].Number) || _underWay.Contains(_entries[0].Number))
        {
            return 0;
        }

        var number = _entries[0].Number;
        if (number < CachedFrom)
        {
            Version++;
        }
        else
        {
            CachedFrom = number + 1;
        }

        return RemoveFirst();
    }

    /// <summary>Lets the lowest entry in memory go for good.</summary>
    /// <returns>Its size.</returns>
    public int LetGo() => (int)Raise(_entries[0].Number);

    /// <summary>Nothing up to a number is kept any more.</summary>
    /// <returns>The bytes in memory that became free.</returns>
    public long Raise(long floor)
    {
        Floor = Math.Max(Floor, floor);
        return Remove(new WriteRange(1, Floor));
    }

    /// <summary>Takes entries out.</summary>
    /// <returns>The bytes in memory that became free.</returns>
    public long Remove(WriteRange numbers)
    {
        var (first, end) = (IndexOf(numbers.From), IndexOf(numbers.To + 1));
        var bytes = 0L;
        foreach (var entry in _entries[first..end])
        {
            bytes += entry.Size;
            _underWay.Remove(entry.Number);
        }

        _entries.RemoveRange(first, end - first);
        _stored.Remove(numbers);
        Bytes -= bytes;
        Version++;
        return bytes;
    }

    /// <summary>The database has nothing of it any more.</summary>
    /// <returns>The bytes in memory that became free.</returns>
    public long LoseStored()
    {
        _underWay.Clear();
        var hadMore = CachedFrom > 1;
        _stored.Remove(new WriteRange(1, long.MaxValue - 1));
        return hadMore ? Raise(CachedFrom - 1) : 0;
    }

    private int RemoveFirst()
    {
        var size = _entries[0].Size;
        _entries.RemoveAt(0);
        Bytes -= size;
        return size;
    }

    /// <summary>The first entry with a number or above; most often behind the last.</summary>
    private int IndexOf(long number)
    {
        var (low, high) = (0, _entries.Count);
        if (high > 0 && _entries[high - 1].Number < number)
        {
            return high;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _entries[middle].Number < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
