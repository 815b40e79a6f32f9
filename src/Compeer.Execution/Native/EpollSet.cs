using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Compeer.Platform.Errors;
using Compeer.Platform.Native;

namespace Compeer.Execution.Native;

/// <summary>
/// An epoll instance: descriptors with a number each, and which of them are ready. Used by one thread.
/// <c>struct epoll_event</c> is packed on x86-64 only (12 bytes), and 16 bytes with padding elsewhere.
/// </summary>
internal sealed unsafe class EpollSet : IDisposable
{
    internal const uint Readable = 1; // EPOLLIN; errors and hang-ups are always reported
    internal const uint EdgeTriggered = 1u << 31; // EPOLLET
    internal const uint Once = 1u << 30; // EPOLLONESHOT

    private const int BatchSize = 64;
    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;

    private static readonly bool Packed = RuntimeInformation.ProcessArchitecture is Architecture.X64;
    private static readonly int Stride = Packed ? 12 : 16;
    private static readonly int DataOffset = Packed ? 4 : 8;

    private readonly int _epoll;
    private readonly byte* _events;

    internal EpollSet()
    {
        _epoll = Libc.EpollCreate(Libc.CloseOnExec);
        if (_epoll < 0)
        {
            throw SystemErrorException.OfLastCall("cannot make an epoll instance to wait for plugins");
        }

        _events = (byte*)NativeMemory.AllocZeroed((nuint)(BatchSize * 16));
    }

    /// <summary>Watches a descriptor; 0, or the errno.</summary>
    internal int Watch(int descriptor, uint events, ulong data) => Control(Add, descriptor, events, data);

    /// <summary>Watches a descriptor again that was reported <see cref="Once"/>; 0, or the errno.</summary>
    internal int WatchAgain(int descriptor, uint events, ulong data) => Control(Modify, descriptor, events, data);

    internal void Forget(int descriptor) => _ = Control(Delete, descriptor, 0, 0);

    /// <summary>Waits up to this many milliseconds (-1: without limit); how many are ready, 0 also when a signal
    /// interrupted.</summary>
    internal int Wait(int milliseconds) => Math.Max(0, Libc.EpollWait(_epoll, _events, BatchSize, milliseconds));

    /// <summary>The number of the ready descriptor at this place of the last <see cref="Wait"/>.</summary>
    internal ulong Data(int index) => Unsafe.ReadUnaligned<ulong>(_events + (index * Stride) + DataOffset);

    public void Dispose()
    {
        _ = Libc.Close(_epoll);
        NativeMemory.Free(_events);
    }

    private int Control(int operation, int descriptor, uint events, ulong data)
    {
        var settings = stackalloc byte[16];
        Unsafe.WriteUnaligned(settings, events);
        Unsafe.WriteUnaligned(settings + DataOffset, data);
        return Libc.EpollControl(_epoll, operation, descriptor, settings) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }
}
