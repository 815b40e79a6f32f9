using Compeer.Cluster.Model;

namespace Compeer.Cluster.Wire;

/// <summary>What a frame may hold. A frame beyond a limit closes its link with the reason.</summary>
internal static class ProtocolLimits
{
    public const ulong Magic = 0x434F_4D50_4545_5201;
    public const uint MinVersion = 2;
    public const uint MaxVersion = 2;

    /// <summary>Nodes in a cluster, edges of a node, configured peers.</summary>
    public const int MaxNodes = 256;

    /// <summary>Nodes whose writes are known, those of the past included.</summary>
    public const int MaxOrigins = 4_096;

    /// <summary>Ranges of one node's numbers.</summary>
    public const int MaxRanges = 512;

    /// <summary>Streams: a kind of one node each.</summary>
    public const int MaxStreams = 1_024;

    /// <summary>Bytes of an entry of a stream.</summary>
    public const int MaxEntry = 32_768;

    /// <summary>The highest number of a kind of values.</summary>
    public const int MaxKind = ushort.MaxValue;

    /// <summary>The highest ownership epoch.</summary>
    public const int MaxEpoch = int.MaxValue - 1;

    /// <summary>Characters of a version or a hash.</summary>
    public const int MaxText = ConfigurationVersion.MaxHashLength;

    /// <summary>Clocks beyond the year 6000 are garbage: they would leave no room to count on.</summary>
    public const ulong MaxClock = 1UL << 63;

    public const long MaxSequence = long.MaxValue / 2;

    /// <summary>
    /// The highest run of a node, some 4,000 years of milliseconds. A node whose name another uses goes on above its run, and so must
    /// have room.
    /// </summary>
    public const long MaxIncarnation = 1L << 47;

    /// <summary>The highest number of a configuration: whoever takes one up numbers it above all that it heard of.</summary>
    public const long MaxConfigurationNumber = ConfigurationVersion.MaxNumber;

    /// <summary>How far two clocks differ at most, 100 years; one that says more is not read. Those along a way of
    /// <see cref="MaxNodes"/> nodes add up to a <see cref="TimeSpan"/>.</summary>
    public const long MaxClockMilliseconds = 100L * 366 * 24 * 3_600 * 1_000;

    /// <summary>Bytes of a request.</summary>
    public const int MaxRequest = 4_096;

    /// <summary>Characters of words for people; what is longer is cut.</summary>
    public const int MaxWords = 800;

    /// <summary>Files and folders that one node keeps the same at another.</summary>
    public const int MaxPaths = OfferedPath.MaxPaths;

    /// <summary>Characters of the path of one.</summary>
    public const int MaxPathLength = OfferedPath.MaxPathLength;

    /// <summary>Objects that are named by their hashes in one frame.</summary>
    public const int MaxObjectsInFrame = 4_096;

    /// <summary>Payload bytes of one register.</summary>
    public static int MaxPayload(int maxFrameBytes) => maxFrameBytes / 2;

    /// <summary>Bytes of updates collected in one frame; the one that goes beyond it still fits the frame.</summary>
    public static int BatchBytes(int maxFrameBytes) => maxFrameBytes / 8;

    /// <summary>Running checks that one report can name, and likewise notifications.</summary>
    public static int MaxRunning(int maxFrameBytes) => Math.Min(16_384, maxFrameBytes / 32);
}
