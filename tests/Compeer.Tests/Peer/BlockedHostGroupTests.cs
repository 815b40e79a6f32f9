using Compeer.Peer;

namespace Compeer.Tests.Peer;

/// <summary>What merlin.conf says that this node may not check reaches its engine.</summary>
public sealed class BlockedHostGroupTests
{
    [Fact]
    public void Neighbours_WithBlockedHostGroups_StopTheChecksUntilTheyAreFreeAgain()
    {
        var peer = new PeerHarness(PeerHarness.Configuration(
            hosts: 2, version: 1, "define hostgroup {\n hostgroup_name shut\n members h0,h1\n}\n"));
        peer.Run(new PeerInput.Neighbours([]) { BlockedHostGroups = ["shut", "no such"] });
        Assert.Empty(Checks(peer));

        peer.Run(new PeerInput.Neighbours([]));
        Assert.NotEmpty(Checks(peer));
    }

    private static List<PeerEffect.StartCheck> Checks(PeerHarness peer)
    {
        var checks = new List<PeerEffect.StartCheck>();
        var end = peer.Time + TimeSpan.FromSeconds(25);
        while (peer.Time < end)
        {
            peer.Time += TimeSpan.FromMilliseconds(200);
            checks.AddRange(peer.Run().OfType<PeerEffect.StartCheck>());
        }

        return checks;
    }
}
