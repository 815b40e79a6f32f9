using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Links;

/// <summary>What this node says first on a connection.</summary>
internal static class OwnHello
{
    /// <summary>The hello for a neighbour.</summary>
    /// <param name="neighbour">Whom.</param>
    /// <param name="silenceLimit">How long this node lets it be silent.</param>
    /// <param name="context">This node.</param>
    public static LinkFrame.Hello To(Neighbour neighbour, TimeSpan silenceLimit, ClusterContext context) => new(
        ProtocolLimits.MinVersion,
        ProtocolLimits.MaxVersion,
        context.Self,
        context.Run.Incarnation,
        Shortened(context.Options.SoftwareVersion),
        context.Version,
        neighbour.Kind,
        silenceLimit,
        context.Now.Wall.ToUnixTimeMilliseconds(),
        Capabilities.Own)
    {
        ReceiverGroups = Shortened(string.Join(',', neighbour.HostGroups)),
        Uuid = Shortened(neighbour.OwnUuid),
        ReceiverIsSilent = neighbour.Kind == NeighbourKind.Poller && !neighbour.Notifies,
    };

    private static string Shortened(string text) => text.Length <= ProtocolLimits.MaxText ? text : text[..ProtocolLimits.MaxText];
}
