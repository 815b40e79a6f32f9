namespace Compeer.Configuration.Objects.Interning;

/// <summary>Every distinct tuple of integers once, under a small number; all tuples of one table have the same width.</summary>
internal sealed class TupleTable(int width)
{
    private int[] _buckets = new int[64];
    private int[] _next = new int[32];
    private int[] _values = new int[32 * width];

    public int Count { get; private set; }

    public ReadOnlySpan<int> this[int index] => _values.AsSpan(index * width, width);

    /// <summary>The number of this tuple, and whether it was not known before.</summary>
    public int Intern(ReadOnlySpan<int> tuple, out bool isNew)
    {
        var hash = ByteHash.Of(tuple);
        for (var i = _buckets[hash & (uint)(_buckets.Length - 1)] - 1; i >= 0; i = _next[i] - 1)
        {
            if (tuple.SequenceEqual(this[i]))
            {
                isNew = false;
                return i;
            }
        }

        if (Count == _next.Length)
        {
            Grow();
        }

        var bucket = (int)(hash & (uint)(_buckets.Length - 1));
        tuple.CopyTo(_values.AsSpan(Count * width));
        _next[Count] = _buckets[bucket];
        _buckets[bucket] = Count + 1;
        isNew = true;
        return Count++;
    }

    private void Grow()
    {
        Array.Resize(ref _next, _next.Length * 2);
        Array.Resize(ref _values, _next.Length * width);
        _buckets = new int[_buckets.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            var bucket = (int)(ByteHash.Of(this[i]) & (uint)(_buckets.Length - 1));
            _next[i] = _buckets[bucket];
            _buckets[bucket] = i + 1;
        }
    }
}
