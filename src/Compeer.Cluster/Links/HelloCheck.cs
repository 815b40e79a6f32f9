using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Links;

/// <summary>Whether two nodes can talk.</summary>
internal static class HelloCheck
{
    /// <summary>Why not; null when they can.</summary>
    /// <param name="neighbour">Whose key the other end has.</param>
    /// <param name="hello">What it says.</param>
    /// <param name="software">This node's own version.</param>
    public static Refusal? Problem(Neighbour neighbour, LinkFrame.Hello hello, string software)
    {
        if (hello.Node != neighbour.Id)
        {
            return new Refusal(
                RefusalCode.Identity,
                $"it says it is node {hello.Node}, but its key is that of {neighbour.Id}",
                $"this node says it is node {hello.Node}, but its key is that of {neighbour.Id}");
        }

        if (hello.MinVersion > ProtocolLimits.MaxVersion || hello.MaxVersion < ProtocolLimits.MinVersion)
        {
            var theirs = $"protocol versions {hello.MinVersion} to {hello.MaxVersion} (software {hello.SoftwareVersion})";
            return new Refusal(
                RefusalCode.Version,
                $"it speaks {theirs}, this node {ProtocolLimits.MinVersion} to {ProtocolLimits.MaxVersion}",
                $"this node speaks {theirs}, it {ProtocolLimits.MinVersion} to {ProtocolLimits.MaxVersion} (software {software})");
        }

        var (own, expected) = (Name(neighbour.Kind), Name(Opposite(neighbour.Kind)));
        return hello.ReceiverKind == Opposite(neighbour.Kind) ? null : new Refusal(
            RefusalCode.Kind,
            $"it is configured here as a {own}, so this node must be a {expected} there, but is a {Name(hello.ReceiverKind)}",
            $"it has this node configured as a {own}, so it must be a {expected} here, but is a {Name(hello.ReceiverKind)}");
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
