using System.Buffers;
using Compeer.Platform.Native;

namespace Compeer.Execution.Processes;

/// <summary>
/// One output stream of a plugin: the reading end of its pipe and what was read so far. The pipe is blocking; it is
/// only read when the kernel says how much it holds, which saves setting it to non-blocking.
/// </summary>
internal sealed unsafe class OutputPipe
{
    private byte[]? _kept;
    private int _length;

    /// <summary>-1 when closed.</summary>
    internal int Descriptor { get; private set; } = -1;

    /// <summary>Whether the epoll set watches it.</summary>
    internal bool IsWatched { get; set; }

    /// <summary>Whether more came than the limit.</summary>
    internal bool IsTruncated { get; private set; }

    internal void Attach(int descriptor)
    {
        Descriptor = descriptor;
        IsWatched = false;
        IsTruncated = false;
    }

    /// <summary>Reads once of what is there, keeping no more than the limit; false when all writers closed it.</summary>
    internal bool Pump(Span<byte> scratch, int limit)
    {
        var count = Read(scratch[..Math.Min(scratch.Length, Libc.Available(Descriptor))]);
        if (count <= 0)
        {
            return false;
        }

        Keep(scratch[..count], limit);
        return true;
    }

    /// <summary>
    /// Takes what the pipe holds now, and no more, so that a child of the plugin that goes on writing holds nothing up; and
    /// gives away everything that was kept.
    /// </summary>
    internal ReadOnlyMemory<byte> Finish(int limit)
    {
        var available = Descriptor < 0 ? 0 : Libc.Available(Descriptor);
        var room = limit - _length;
        var take = Math.Min(available, room);
        IsTruncated |= available > room;
        if (_length + take == 0)
        {
            return default;
        }

        var output = GC.AllocateUninitializedArray<byte>(_length + take);
        if (_kept is not null)
        {
            _kept.AsSpan(0, _length).CopyTo(output);
            ArrayPool<byte>.Shared.Return(_kept);
            _kept = null;
        }

        var read = take == 0 ? 0 : Math.Max(0, Read(output.AsSpan(_length)));
        ReadOnlyMemory<byte> all = output.AsMemory(0, _length + read);
        _length = 0;
        return all;
    }

    internal void Close()
    {
        if (Descriptor >= 0)
        {
            _ = Libc.Close(Descriptor);
            Descriptor = -1;
        }
    }

    private int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        fixed (byte* start = buffer)
        {
            return (int)Libc.Read(Descriptor, start, (nuint)buffer.Length);
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes, int limit)
    {
        var take = Math.Min(bytes.Length, limit - _length);
        IsTruncated |= take < bytes.Length;
        if (_kept is null || _kept.Length < _length + take)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(4096, Math.Min(limit, 2 * (_length + take))));
            if (_kept is not null)
            {
                _kept.AsSpan(0, _length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_kept);
            }

            _kept = larger;
        }

        bytes[..take].CopyTo(_kept.AsSpan(_length));
        _length += take;
    }
}
