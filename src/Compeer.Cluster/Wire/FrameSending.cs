using Compeer.Cluster.Model;

namespace Compeer.Cluster.Wire;

/// <summary>Sends frames as effects.</summary>
internal static class FrameSending
{
    /// <summary>Sends a frame on a link.</summary>
    public static void Send(this ClusterContext context, LinkId link, LinkFrame frame) =>
        context.Emit(new ClusterEffect.Send(link, FrameCodec.Encode(frame)));
}
