namespace Compeer.Engine.Model;

/// <summary>
/// The states of all objects, in chunks that a snapshot shares until they are written to again: a snapshot costs an array of
/// references to chunks, and after it each chunk is copied at most once. Written by one thread only.
/// </summary>
internal sealed class StateArray
{
    private const int ChunkBits = 8;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly CheckState[][] _chunks;
    private readonly bool[] _isShared;

    /// <summary>States of <paramref name="count"/> objects, each as the function says.</summary>
    public StateArray(int count, Func<int, CheckState> initial)
    {
        Count = count;
        _chunks = new CheckState[(count + ChunkSize - 1) >> ChunkBits][];
        _isShared = new bool[_chunks.Length];
        for (var chunk = 0; chunk < _chunks.Length; chunk++)
        {
            var first = chunk << ChunkBits;
            var states = new CheckState[Math.Min(ChunkSize, count - first)];
            for (var index = 0; index < states.Length; index++)
            {
                states[index] = initial(first + index);
            }

            _chunks[chunk] = states;
        }
    }

    private StateArray(int count, CheckState[][] chunks)
    {
        Count = count;
        _chunks = chunks;
        _isShared = [];
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>The state of an object.</summary>
    public CheckState this[int index]
    {
        get => _chunks[index >> ChunkBits][index & (ChunkSize - 1)];
        set
        {
            var chunk = index >> ChunkBits;
            if (_isShared[chunk])
            {
                _chunks[chunk] = (CheckState[])_chunks[chunk].Clone();
                _isShared[chunk] = false;
            }

            _chunks[chunk][index & (ChunkSize - 1)] = value;
        }
    }

    /// <summary>The states as they are now; never changes and must not be written to.</summary>
    public StateArray Freeze()
    {
        Array.Fill(_isShared, true);
        return new StateArray(Count, (CheckState[][])_chunks.Clone());
    }
}
