namespace Compeer.Engine.Model;

/// <summary>
/// One value for each object, in chunks that a snapshot shares until they are written to again: a snapshot costs an array of
/// references to chunks, and after it each chunk is copied at most once. Written by one thread only.
/// </summary>
internal sealed class StateArray<T>
{
    /// <summary>Values of a chunk; the last may have fewer.</summary>
    public const int ChunkSize = 1 << ChunkBits;

    private const int ChunkBits = 8;

    private readonly Chunk[] _chunks;
    private readonly bool[] _isShared;

    /// <summary>Values of <paramref name="count"/> objects, each as the function says.</summary>
    public StateArray(int count, Func<int, T> initial)
    {
        Count = count;
        _chunks = new Chunk[(count + ChunkSize - 1) >> ChunkBits];
        _isShared = new bool[_chunks.Length];
        for (var chunk = 0; chunk < _chunks.Length; chunk++)
        {
            var first = chunk << ChunkBits;
            var values = new T[Math.Min(ChunkSize, count - first)];
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = initial(first + index);
            }

            _chunks[chunk] = new Chunk(values);
        }
    }

    private StateArray(int count, Chunk[] chunks)
    {
        Count = count;
        _chunks = chunks;
        _isShared = [];
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>The value of an object.</summary>
    public T this[int index]
    {
        get => _chunks[index >> ChunkBits].Values[index & (ChunkSize - 1)];
        set
        {
            var chunk = index >> ChunkBits;
            if (_isShared[chunk])
            {
                _chunks[chunk] = new Chunk((T[])_chunks[chunk].Values.Clone());
                _isShared[chunk] = false;
            }

            _chunks[chunk].Values[index & (ChunkSize - 1)] = value;
        }
    }

    /// <summary>The values as they are now; never changes and must not be written to.</summary>
    public StateArray<T> Freeze()
    {
        Array.Fill(_isShared, true);
        return new StateArray<T>(Count, (Chunk[])_chunks.Clone());
    }

    /// <summary>What readers make of the values of a chunk, made once and kept as long as nothing in it changes. Only of what
    /// <see cref="Freeze"/> gave, always with the same function; any thread.</summary>
    /// <param name="chunk">Which, from 0.</param>
    /// <param name="make">Makes it of the chunk's values.</param>
    public TDerived Derived<TDerived>(int chunk, Func<T[], TDerived> make)
        where TDerived : class
    {
        var source = _chunks[chunk];
        if (Volatile.Read(ref source.Derived) is not TDerived derived)
        {
            derived = make(source.Values);
            Volatile.Write(ref source.Derived, derived);
        }

        return derived;
    }

    private sealed class Chunk(T[] values)
    {
        public readonly T[] Values = values;
        public object? Derived;
    }
}
