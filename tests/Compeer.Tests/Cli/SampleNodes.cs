using Compeer.Api;

namespace Compeer.Tests.Cli;

/// <summary>Two peers with nothing wrong: what a daemon would say of them.</summary>
internal static class SampleNodes
{
    private static readonly DateTimeOffset Now = FixedTime.Now;

    public static NodesStatus Cluster() => ClusterWith(PeerIn(NodeStateName.Active, reason: null));

    public static NodesStatus ClusterWith(NodeStatus peer) => new(
        "peer01", 2, 1, 4, 21, new ConfigurationInForce(3, "ab", "peer01", ["peer01", "peer02"]), UncheckedObjects.None,
        [Self(), peer], []);

    public static NodeStatus Self() => new(
        0, "peer01", "local", NodeStateName.Active, IsSelf: true, PeerId: 0, ActivePeers: 1, ConfiguredPeers: 1,
        LatencySeconds: null, Encrypted: true, Now.AddSeconds(-947), Now.AddSeconds(-948), Now, Reason: null, "00", "0.1.0", "ab", 3,
        Refused: null, UncheckedObjects.None, new(2, 0, 4), new(11, 0, 21));

    public static NodeStatus PeerIn(string state, string? reason) => new(
        1, "peer02", "peer", state, IsSelf: false, PeerId: 1, ActivePeers: 1, ConfiguredPeers: 1, LatencySeconds: 0.012,
        Encrypted: true, Now.AddSeconds(-86401), Now.AddSeconds(-948), Now.AddSeconds(-8), reason, "01", "0.1.0", "ab", 3,
        Refused: null, UncheckedObjects.None, new(2, 0, 4), new(10, 3, 21));
}
