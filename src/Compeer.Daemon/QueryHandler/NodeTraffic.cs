namespace Compeer.Daemon.QueryHandler;

/// <summary>What went over the links with a node since the start; bytes are counted before they are encrypted.</summary>
/// <param name="FramesSent">Messages to it.</param>
/// <param name="FramesReceived">Messages from it.</param>
/// <param name="BytesSent">Their bytes.</param>
/// <param name="BytesReceived">Likewise.</param>
internal sealed record NodeTraffic(long FramesSent, long FramesReceived, long BytesSent, long BytesReceived)
{
    /// <summary>Nothing.</summary>
    public static NodeTraffic None { get; } = new(0, 0, 0, 0);
}
