using System.Runtime.InteropServices;
using Compeer.Peer;

namespace Compeer.Daemon.Loop;

/// <summary>
/// Reads both clocks. The monotonic one is CLOCK_BOOTTIME, which also counts the time a machine slept: a peer that
/// was suspended must see on its next step that time has passed and doubt itself.
/// </summary>
public sealed partial class InstantSource(TimeProvider wallClock)
{
    private const int ClockBootTime = 7;

    /// <summary>Now, on both clocks.</summary>
    public Instant Now
    {
        get
        {
            if (ClockGetTime(ClockBootTime, out var time) != 0)
            {
                throw new InvalidOperationException($"clock_gettime(CLOCK_BOOTTIME) failed, errno {Marshal.GetLastPInvokeError()}");
            }

            var monotonic = new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick));
            return new Instant(monotonic, wallClock.GetUtcNow());
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ClockGetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
