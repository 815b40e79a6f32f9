using Compeer.Platform.Errors;
using Compeer.Platform.Native;

namespace Compeer.Execution.Native;

/// <summary>An eventfd by which any thread gets another out of its wait. It is watched edge-triggered and never read: each
/// signal is an event, and its counter lasts for 2^64 of them.</summary>
internal sealed unsafe class WakeUp : IDisposable
{
    internal WakeUp()
    {
        Descriptor = Libc.EventFd(0, Libc.NonBlocking | Libc.CloseOnExec);
        if (Descriptor < 0)
        {
            throw SystemErrorException.OfLastCall("cannot make an eventfd to wake a thread by");
        }
    }

    internal int Descriptor { get; }

    internal void Signal()
    {
        ulong one = 1;
        _ = Libc.Write(Descriptor, (byte*)&one, sizeof(ulong));
    }

    public void Dispose() => _ = Libc.Close(Descriptor);
}
