using System.Runtime.InteropServices;

namespace Compeer.Execution.Processes;

/// <summary>A list of C strings in native memory, as the vectors of a new process are; used again and again.</summary>
internal unsafe struct PointerList
{
    private byte** _items;
    private int _capacity;
    private int _count;

    internal readonly byte** Items => _items;

    internal void Clear() => _count = 0;

    internal void Add(byte* item)
    {
        if (_count == _capacity)
        {
            _capacity = Math.Max(64, 2 * _capacity);
            _items = (byte**)NativeMemory.Realloc(_items, (nuint)(_capacity * sizeof(byte*)));
        }

        _items[_count++] = item;
    }

    internal void Free()
    {
        NativeMemory.Free(_items);
        this = default;
    }
}
