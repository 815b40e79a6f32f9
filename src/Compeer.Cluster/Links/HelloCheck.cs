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
    /// <param name="version">This node's own configuration.</param>
    /// <param name="hasPollers">Whether this node's configuration names pollers.</param>
    public static Refusal? Problem(
        Neighbour neighbour, LinkFrame.Hello hello, string software, ConfigurationVersion version, bool hasPollers)
    {
        if (hello.Node != neighbour.Id)
        {
            return new Refusal(
                RefusalCode.Identity,
                $"it says it is node {hello.Node}, but its key is that of {neighbour.Id}",
                $"this node says it is node {hello.Node}, but its key is that of {neighbour.Id}");
        }

        if (neighbour.Uuid.Length > 0 && hello.Uuid.Length > 0
            && !string.Equals(neighbour.Uuid, hello.Uuid, StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal(
                RefusalCode.Identity,
                $"its uuid is {hello.Uuid}, here it is configured with {neighbour.Uuid}",
                $"this node's uuid is {hello.Uuid}, there it is configured with {neighbour.Uuid}");
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
        if (hello.ReceiverKind != Opposite(neighbour.Kind))
        {
            return new Refusal(
                RefusalCode.Kind,
                $"it is configured here as a {own}, so this node must be a {expected} there, but is a {Name(hello.ReceiverKind)}",
                $"it has this node configured as a {own}, so it must be a {expected} here, but is a {Name(hello.ReceiverKind)}");
        }

        if ((hasPollers || neighbour.Kind != NeighbourKind.Peer) && !hello.Capabilities.HasFlag(Capabilities.Tiers))
        {
            return new Refusal(
                RefusalCode.Version,
                $"it runs a version that knows nothing of pollers and masters (software {hello.SoftwareVersion})",
                $"this node runs a version that knows nothing of pollers and masters (software {hello.SoftwareVersion})");
        }

        return neighbour.Kind != NeighbourKind.Peer || version.IsRelatedTo(hello.Configuration) ? null
            : OtherHistory(hello.Configuration, version);
    }

    /// <summary>Two configurations that do not work together.</summary>
    public static Refusal OtherHistory(ConfigurationVersion theirs, ConfigurationVersion own) =>
        new(RefusalCode.OtherHistory, Unrelated(theirs, own), Unrelated(own, theirs));

    private static string Unrelated(ConfigurationVersion theirs, ConfigurationVersion own) =>
        $"its configuration ({Short(theirs)}) is not this node's ({Short(own)}) and was not made from the same: each of the two monitors "
        + "its own until 'mon oconf push' at one of them, or 'mon oconf fetch', decides";

    private static string Short(ConfigurationVersion version) => version.Hash.Length > 8 ? version.Hash[..8] : version.Hash;

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
