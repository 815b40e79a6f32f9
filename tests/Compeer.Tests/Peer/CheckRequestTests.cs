using System.Text;

namespace Compeer.Tests.Peer;

/// <summary>A result at one peer asks for checks that another one makes.</summary>
public sealed class CheckRequestTests
{
    private const int Pairs = 10;

    [Fact]
    public void Leaf_GoesDownAtOnePeer_ItsGatewayIsCheckedAtTheOtherAtOnce()
    {
        var pair = Settled();
        (var gateway, var leaf) = Enumerable.Range(0, Pairs).Select(number => ($"gateway{number}", $"leaf{number}"))
            .First(names => pair.OwnerOf(names.Item1) != pair.OwnerOf(names.Item2));
        pair.Codes[gateway] = 2;
        pair.Codes[leaf] = 2;
        pair.Started.Clear();
        while (pair.Started.TrueForAll(check => check.Name != leaf))
        {
            Assert.DoesNotContain(pair.Started, check => check.Name == gateway);
            pair.Run(TimeSpan.FromMilliseconds(100));
        }

        var at = pair.Started.First(check => check.Name == leaf).At;
        pair.Run(TimeSpan.FromSeconds(2));
        var asked = pair.Started.First(check => check.Name == gateway);
        Assert.Equal(pair.OwnerOf(gateway), asked.Peer);
        Assert.Equal(pair.OwnerOf(leaf), 1 - asked.Peer);

        // As soon as the frame is there, and back: the gateway's news make the leaf UNREACHABLE.
        Assert.InRange(asked.At - at, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
        Assert.All(pair.Peers, peer => Assert.Equal((1, 2), (peer.StateOf(pair.Id(gateway)).State, peer.StateOf(pair.Id(leaf)).State)));
    }

    /// <summary>Leaves are checked every 20 s, gateways once in an hour.</summary>
    private static PeerPair Settled()
    {
        var text = new StringBuilder("define command {\n command_name probe\n command_line /bin/true\n}\n");
        for (var number = 0; number < Pairs; number++)
        {
            text.Append(
                $"define host {{\n host_name gateway{number}\n check_command probe\n check_interval 3600\n"
                + $" retry_interval 20\n max_check_attempts 3\n}}\n"
                + $"define host {{\n host_name leaf{number}\n check_command probe\n check_interval 20\n"
                + $" retry_interval 20\n max_check_attempts 3\n parents gateway{number}\n}}\n");
        }

        var pair = new PeerPair(text.ToString());
        pair.Run(TimeSpan.FromSeconds(30));
        Assert.All(pair.Configuration.Objects.Hosts, host => Assert.Single(pair.Peers, peer => peer.Owns(pair.Id(host.Name))));
        return pair;
    }
}
