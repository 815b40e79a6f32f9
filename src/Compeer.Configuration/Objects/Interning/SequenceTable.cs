using System.Numerics;

namespace Compeer.Configuration.Objects.Interning;

/// <summary>Every distinct sequence of integers once, under a small number; sequences can be of any length.</summary>
internal sealed class SequenceTable
{
    private int[] _buckets = new int[64];
    private Entry[] _entries = new Entry[32];
    private int[] _values = new int[256];
    private int _used;

    public int Count { get; private set; }

    /// <summary>The number of this sequence, and whether it was not known before.</summary>
    public int Intern(ReadOnlySpan<int> sequence, out bool isNew)
    {
        var hash = ByteHash.Of(sequence);
        for (var i = _buckets[hash & (uint)(_buckets.Length - 1)] - 1; i >= 0; i = _entries[i].Next - 1)
        {
            ref var entry = ref _entries[i];
            if (entry.Hash == hash && sequence.SequenceEqual(_values.AsSpan(entry.Start, entry.Length)))
            {
                isNew = false;
                return i;
            }
        }

        isNew = true;
        return Add(sequence, hash);
    }

    private int Add(ReadOnlySpan<int> sequence, uint hash)
    {
        if (Count == _entries.Length)
        {
            Grow();
        }

        if (_used + sequence.Length > _values.Length)
        {
            Array.Resize(ref _values, (int)BitOperations.RoundUpToPowerOf2((uint)(_used + sequence.Length)));
        }

        sequence.CopyTo(_values.AsSpan(_used));
        ref var bucket = ref _buckets[hash & (uint)(_buckets.Length - 1)];
        _entries[Count] = new Entry(hash, _used, sequence.Length, bucket);
        bucket = Count + 1;
        _used += sequence.Length;
        return Count++;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        _buckets = new int[_entries.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            ref var bucket = ref _buckets[_entries[i].Hash & (uint)(_buckets.Length - 1)];
            _entries[i] = _entries[i] with { Next = bucket };
            bucket = i + 1;
        }
    }

    private readonly record struct Entry(uint Hash, int Start, int Length, int Next);
}
