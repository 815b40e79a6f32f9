using System.Runtime.InteropServices;

namespace Compeer.Tests.Execution;

/// <summary>What root may do beyond others, of one thread; capabilities(7).</summary>
internal static unsafe partial class Capabilities
{
    internal const int Kill = 5; // CAP_KILL

    private const uint Version = 0x20080522; // _LINUX_CAPABILITY_VERSION_3

    /// <summary>Takes a right away from the calling thread, and those that it makes.</summary>
    internal static void Drop(int capability)
    {
        var header = stackalloc uint[2];
        header[0] = Version;
        header[1] = 0;
        var sets = stackalloc uint[6]; // effective, permitted, inheritable; twice 32 bits
        Assert.Equal(0, Get(header, sets));
        sets[0] &= ~(1u << capability);
        Assert.Equal(0, Set(header, sets));
    }

    [LibraryImport("libc", EntryPoint = "capget", SetLastError = true)]
    private static partial int Get(uint* header, uint* sets);

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int Set(uint* header, uint* sets);
}
