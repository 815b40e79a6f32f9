using System.Runtime;

namespace Compeer.Daemon.Hosting;

/// <summary>
/// A start without the garbage collector. Nearly everything that is made until the first checks stays for as long as the daemon runs:
/// configuration, states, schedule. The collector would copy it again and again, to find hardly anything to free.
/// </summary>
internal static class UncollectedStart
{
    /// <summary>What may be made meanwhile; with more, as of half a million services, the collector runs as ever.</summary>
    private const long Most = 240L << 20;

    /// <summary>Of the memory that this process may have, the most that may be left uncollected.</summary>
    private const int Share = 8;

    /// <summary>What may be made at the end until the collector looks for the first time: it has its usual measure from then on.</summary>
    private const long Last = 1L << 20;

    /// <summary>Whether the collector waits now.</summary>
    public static bool IsUnderWay => GCSettings.LatencyMode == GCLatencyMode.NoGCRegion;

    /// <summary>Lets the collector wait, as far as memory allows.</summary>
    public static void Begin()
    {
        try
        {
            // False when there is not as much: then the collector runs as ever.
            _ = !IsUnderWay && GC.TryStartNoGCRegion(Math.Min(Most, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Share));
        }
        catch (ArgumentOutOfRangeException)
        {
            // More than the collector's settings allow, as somebody may have set them in the environment: likewise.
        }
    }

    /// <summary>Lets the collector run again when the first checks were started, or never will be.</summary>
    public static async Task EndAfterAsync(Task firstChecks)
    {
        try
        {
            await firstChecks.ConfigureAwait(false);
        }
        finally
        {
            End();
        }
    }

    /// <summary>Lets the collector run again, if it does not yet.</summary>
    public static void End()
    {
        if (!IsUnderWay)
        {
            return;
        }

        try
        {
            GC.EndNoGCRegion();

            // All that was granted and not used could still be made before it first looks, of large objects as much again: a small site
            // would grow by that. Granting little takes it back, and costs no collection now.
            if (GC.TryStartNoGCRegion(Last))
            {
                GC.EndNoGCRegion();
            }
        }
        catch (InvalidOperationException)
        {
            // More was made than it waits for, just now: it runs again.
        }
    }
}
