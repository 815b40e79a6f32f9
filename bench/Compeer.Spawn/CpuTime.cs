using System.Runtime.InteropServices;

namespace Compeer.Spawn;

/// <summary>User and system CPU time from getrusage, in microseconds.</summary>
internal static unsafe partial class CpuTime
{
    private const int Self = 0;
    private const int ReapedChildren = -1;

    internal static long Own() => Read(Self);

    internal static long Children() => Read(ReapedChildren);

    private static long Read(int who)
    {
        // struct rusage: two struct timeval (seconds, microseconds), then 14 numbers.
        var usage = stackalloc long[18];
        return GetUsage(who, usage) == 0
            ? ((usage[0] + usage[2]) * 1_000_000) + usage[1] + usage[3]
            : throw new InvalidOperationException("getrusage failed");
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, long* usage);
}
