using System.Numerics;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Interning;

/// <summary>
/// Every distinct value of a configuration once, under a small number (an "atom"). Names and settings repeat a
/// hundred thousand times in a large configuration; with atoms comparing them is comparing integers, and each
/// becomes a string at most once.
/// </summary>
internal sealed class AtomTable
{
    private const int ChunkSize = 1 << 20;

    private readonly List<byte[]> _chunks = [];
    private int _chunkUsed;
    private int[] _buckets = new int[1 << 12];
    private Entry[] _entries = new Entry[1 << 11];
    private string?[] _texts = new string?[1 << 11];

    public AtomTable()
    {
        Empty = Intern([]);
    }

    /// <summary>The atom of the empty value.</summary>
    public Atom Empty { get; }

    public int Count { get; private set; }

    public Atom Intern(ReadOnlySpan<byte> bytes)
    {
        var hash = ByteHash.Of(bytes);
        var bucket = (int)(hash & (uint)(_buckets.Length - 1));
        for (var i = _buckets[bucket] - 1; i >= 0; i = _entries[i].Next)
        {
            ref var entry = ref _entries[i];
            if (entry.Hash == hash && entry.Length == bytes.Length && bytes.SequenceEqual(BytesOf(in entry)))
            {
                return new Atom(i);
            }
        }

        return Add(bytes, hash);
    }

    /// <summary>The atom of these bytes if it is known, or <see cref="Atom.Unset"/>.</summary>
    public Atom Find(ReadOnlySpan<byte> bytes)
    {
        var hash = ByteHash.Of(bytes);
        for (var i = _buckets[hash & (uint)(_buckets.Length - 1)] - 1; i >= 0; i = _entries[i].Next)
        {
            ref var entry = ref _entries[i];
            if (entry.Hash == hash && entry.Length == bytes.Length && bytes.SequenceEqual(BytesOf(in entry)))
            {
                return new Atom(i);
            }
        }

        return Atom.Unset;
    }

    public ReadOnlySpan<byte> Bytes(Atom atom) => BytesOf(in _entries[atom.Number]);

    public string Text(Atom atom) => _texts[atom.Number] ??= ConfigurationText.Decode(Bytes(atom));

    private Atom Add(ReadOnlySpan<byte> bytes, uint hash)
    {
        if (Count == _entries.Length)
        {
            Grow();
        }

        if (_chunks.Count == 0 || _chunkUsed + bytes.Length > _chunks[^1].Length)
        {
            _chunks.Add(new byte[Math.Max(bytes.Length, ChunkSize)]);
            _chunkUsed = 0;
        }

        bytes.CopyTo(_chunks[^1].AsSpan(_chunkUsed));
        var bucket = (int)(hash & (uint)(_buckets.Length - 1));
        _entries[Count] = new Entry(hash, _chunks.Count - 1, _chunkUsed, bytes.Length, _buckets[bucket] - 1);
        _buckets[bucket] = Count + 1;
        _chunkUsed += bytes.Length;
        return new Atom(Count++);
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        Array.Resize(ref _texts, _entries.Length);
        _buckets = new int[BitOperations.RoundUpToPowerOf2((uint)_entries.Length * 2)];
        for (var i = 0; i < Count; i++)
        {
            var bucket = (int)(_entries[i].Hash & (uint)(_buckets.Length - 1));
            _entries[i] = _entries[i] with { Next = _buckets[bucket] - 1 };
            _buckets[bucket] = i + 1;
        }
    }

    private ReadOnlySpan<byte> BytesOf(in Entry entry) => _chunks[entry.Chunk].AsSpan(entry.Start, entry.Length);

    private readonly record struct Entry(uint Hash, int Chunk, int Start, int Length, int Next);
}
