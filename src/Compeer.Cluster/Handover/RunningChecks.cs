using System.Collections.Immutable;

namespace Compeer.Cluster.Handover;

/// <summary>
/// The objects that this node gave up while a check of theirs was in flight, until its result is published. A node that was away and
/// leaves again can have a hundred thousand of them, and each result asks: so nothing here looks at each of them for one. The list is
/// copied, no more.
/// </summary>
internal sealed class RunningChecks
{
    private readonly Dictionary<ulong, TimeSpan> _ends = [];
    private readonly List<ulong> _removed = [];
    private ImmutableArray<ulong> _hashes = [];
    private bool _hasMore;
    private TimeSpan _firstEnd = TimeSpan.MaxValue;

    /// <summary>The hashes of their keys, ascending.</summary>
    public ImmutableArray<ulong> Hashes
    {
        get
        {
            if (_hasMore)
            {
                _hashes = [.. _ends.Keys.Order()];
            }
            else if (_removed is [var hash])
            {
                _hashes = _hashes.RemoveAt(_hashes.BinarySearch(hash));
            }
            else if (_removed.Count > 1)
            {
                _hashes = _hashes.RemoveAll(one => !_ends.ContainsKey(one));
            }

            _hasMore = false;
            _removed.Clear();
            return _hashes;
        }
    }

    /// <summary>When <see cref="Advance"/> has something to do, or some time before.</summary>
    public TimeSpan NextWake => _firstEnd;

    /// <summary>A check is in flight, and ends by a time.</summary>
    public void Add(ulong hash, TimeSpan end)
    {
        _hasMore |= _ends.TryAdd(hash, end);
        _ends[hash] = end;
        _firstEnd = end < _firstEnd ? end : _firstEnd;
    }

    public bool Remove(ulong hash)
    {
        if (_ends.Count == 0 || !_ends.Remove(hash))
        {
            return false;
        }

        _removed.Add(hash);
        _firstEnd = _ends.Count > 0 ? _firstEnd : TimeSpan.MaxValue;
        return true;
    }

    public void Clear() => Keep(_ => false);

    /// <summary>Drops those of objects that there are no more: nobody waits for their results.</summary>
    public void Keep(Func<ulong, bool> exists)
    {
        foreach (var hash in _ends.Keys.Where(hash => !exists(hash)).ToArray())
        {
            Remove(hash);
        }
    }

    /// <summary>Drops those whose result never came.</summary>
    public void Advance(TimeSpan now)
    {
        if (now < _firstEnd)
        {
            return;
        }

        Keep(hash => _ends[hash] > now);
        _firstEnd = _ends.Count > 0 ? _ends.Values.Min() : TimeSpan.MaxValue;
    }
}
