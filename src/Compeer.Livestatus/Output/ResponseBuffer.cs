using System.Buffers;

namespace Compeer.Livestatus.Output;

/// <summary>The bytes of an answer, in pieces that are given back when it is sent. It grows up to a limit.</summary>
internal sealed class ResponseBuffer(long limit) : IBufferWriter<byte>, IDisposable
{
    private const int SmallestPiece = 4 * 1024;
    private const int LargestPiece = 256 * 1024;

    private readonly List<(byte[] Bytes, int Length)> _full = [];
    private byte[] _current = [];
    private int _used;
    private long _before;

    /// <summary>Bytes in it.</summary>
    public long Length => _before + _used;

    /// <summary>How many it may hold.</summary>
    public long Limit => limit;

    /// <summary>Whether more was written than is allowed: what is in it is of no use.</summary>
    public bool IsOverLimit => Length > limit;

    /// <summary>Its pieces in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces =>
        _full.Select(piece => (ReadOnlyMemory<byte>)piece.Bytes.AsMemory(0, piece.Length)).Append(_current.AsMemory(0, _used));

    /// <inheritdoc/>
    public void Advance(int count) => _used += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _current.AsMemory(_used);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _current.AsSpan(_used);
    }

    /// <summary>Adds a byte.</summary>
    public void Add(byte value)
    {
        Reserve(1);
        _current[_used++] = value;
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_current.AsSpan(_used));
        _used += bytes.Length;
    }

    /// <summary>Adds all of it to another.</summary>
    public void CopyTo(ResponseBuffer other)
    {
        foreach ((var bytes, var length) in _full)
        {
            other.Add(bytes.AsSpan(0, length));
        }

        other.Add(_current.AsSpan(0, _used));
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var piece in _full)
        {
            ArrayPool<byte>.Shared.Return(piece.Bytes);
        }

        _full.Clear();
        _before = 0;
        _used = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        if (_current.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_current);
            _current = [];
        }
    }

    private void Reserve(int count)
    {
        if (_current.Length - _used >= count)
        {
            return;
        }

        var size = Math.Max(count, Math.Clamp(2 * _current.Length, SmallestPiece, LargestPiece));
        var next = ArrayPool<byte>.Shared.Rent(size);
        if (_used > 0)
        {
            _full.Add((_current, _used));
            _before += _used;
        }
        else if (_current.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_current);
        }

        _current = next;
        _used = 0;
    }
}
