using Compeer.Platform.Errors;
using Compeer.Platform.Native;

namespace Compeer.Platform.Processes;

/// <summary>The monotonic clock that also counts the time a machine slept (CLOCK_BOOTTIME).</summary>
public static class BootClock
{
    /// <summary>Time since the machine was started.</summary>
    /// <exception cref="InvalidOperationException">The kernel does not have that clock.</exception>
    public static TimeSpan Now => LibcFiles.GetTime(LibcFiles.ClockBootTime, out var time) == 0
        ? new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
        : throw new InvalidOperationException(SystemError.OfLastCall("reading the clock of the time since boot"));
}
