using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Links;

/// <summary>Whether two nodes can talk.</summary>
internal static class HelloCheck
{
    /// <summary>Why not; null when they can.</summary>
    public static string? Problem(NeighbourState neighbour, LinkFrame.Hello hello)
    {
        if (hello.Node != neighbour.Config.Id)
        {
            return $"it says it is node {hello.Node}, but its key is that of {neighbour.Config.Id}";
        }

        if (hello.MinVersion > ProtocolLimits.MaxVersion || hello.MaxVersion < ProtocolLimits.MinVersion)
        {
            return $"it speaks protocol versions {hello.MinVersion} to {hello.MaxVersion} "
                + $"(software {hello.SoftwareVersion}), this node {ProtocolLimits.MinVersion} to {ProtocolLimits.MaxVersion}";
        }

        return hello.ReceiverKind != Opposite(neighbour.Config.Kind)
            ? $"it is configured here as a {Name(neighbour.Config.Kind)}, so this node must be a "
                + $"{Name(Opposite(neighbour.Config.Kind))} there, but is a {Name(hello.ReceiverKind)}"
            : null;
    }

    private static NeighbourKind Opposite(NeighbourKind kind) => kind switch
    {
        NeighbourKind.Poller => NeighbourKind.Master,
        NeighbourKind.Master => NeighbourKind.Poller,
        _ => NeighbourKind.Peer,
    };

    private static string Name(NeighbourKind kind) => kind switch
    {
        NeighbourKind.Poller => "poller",
        NeighbourKind.Master => "master",
        _ => "peer",
    };
}
