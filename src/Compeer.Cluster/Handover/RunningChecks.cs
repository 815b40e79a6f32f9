namespace Compeer.Cluster.Handover;

/// <summary>The objects that this node gave up while a check of theirs was in flight, until its result is published.</summary>
internal sealed class RunningChecks
{
    private readonly SortedDictionary<ulong, TimeSpan> _ends = [];

    /// <summary>The hashes of their keys, ascending.</summary>
    public IReadOnlyCollection<ulong> Hashes => _ends.Keys;

    /// <summary>A check is in flight, and ends by a time.</summary>
    public void Add(ulong hash, TimeSpan end) => _ends[hash] = end;

    public bool Remove(ulong hash) => _ends.Count > 0 && _ends.Remove(hash);

    public void Clear() => _ends.Clear();

    /// <summary>Drops those of objects that there are no more: nobody waits for their results.</summary>
    public void Keep(Func<ulong, bool> exists)
    {
        foreach (var hash in _ends.Keys.Where(hash => !exists(hash)).ToArray())
        {
            _ends.Remove(hash);
        }
    }

    /// <summary>Drops those whose result never came.</summary>
    public void Advance(TimeSpan now)
    {
        if (_ends.Count > 0)
        {
            foreach (var hash in _ends.Where(entry => entry.Value <= now).Select(entry => entry.Key).ToArray())
            {
                _ends.Remove(hash);
            }
        }
    }

    /// <summary>When <see cref="Advance"/> has something to do.</summary>
    public TimeSpan NextWake => _ends.Count == 0 ? TimeSpan.MaxValue : _ends.Values.Min();
}
