using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Compeer.Platform.Native;

namespace Compeer.Execution.Processes;

/// <summary>How a process ended.</summary>
internal readonly record struct Ended(PluginOutcome Outcome, int Code)
{
    // siginfo_t on 64-bit Linux: si_signo at 0, si_code at 8, si_pid at 16, si_status at 24; 128 bytes.
    private const int InformationSize = 128;
    private const int CodeOffset = 8;
    private const int PidOffset = 16;
    private const int StatusOffset = 24;
    private const int Exited = 1; // CLD_EXITED

    /// <summary>Reaps a process; null if it has not ended and is not to be waited for.</summary>
    /// <param name="kind"><see cref="Libc.ByPidFd"/> or <see cref="Libc.ByPid"/>: what the number is.</param>
    /// <param name="number">Which process.</param>
    /// <param name="block">Whether to wait for its end.</param>
    internal static unsafe Ended? Wait(int kind, int number, bool block)
    {
        var information = stackalloc byte[InformationSize];
        Unsafe.InitBlock(information, 0, InformationSize);
        var options = Libc.WaitExited | (block ? 0 : Libc.WaitNoHang);
        if (Libc.WaitId(kind, (uint)number, information, options) != 0)
        {
            // Something else in this process waited for it: how it ended is lost, that it ended must not be.
            return new Ended(PluginOutcome.NotStarted, Marshal.GetLastPInvokeError());
        }

        if (*(int*)(information + PidOffset) == 0)
        {
            return null;
        }

        var status = *(int*)(information + StatusOffset);
        var exited = *(int*)(information + CodeOffset) == Exited;
        return new Ended(exited ? PluginOutcome.Exited : PluginOutcome.Signalled, status);
    }
}
