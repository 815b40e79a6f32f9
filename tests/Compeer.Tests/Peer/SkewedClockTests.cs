using System.Text;

namespace Compeer.Tests.Peer;

/// <summary>Whole peers with clocks that are hours apart: each reads the other's due times by the other's clock.</summary>
public sealed class SkewedClockTests
{
    private const int Hosts = 24;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    public static TheoryData<int> Hours => [5, -5, 24 * 365];

    /// <summary>Each half checked everything for itself: whoever owns an object afterwards goes on from the last check of all.</summary>
    [Theory]
    [MemberData(nameof(Hours))]
    public void Split_Heals_EachCheckComesAnIntervalAfterTheOneThatIsKept(int hours)
    {
        var pair = Settled(hours);
        pair.Cut();
        pair.Run((2 * Interval) + TimeSpan.FromSeconds(3));
        Assert.All(pair.Configuration.Objects.Hosts, host => Assert.All(pair.Peers, peer => Assert.True(peer.Owns(pair.Id(host.Name)))));
        pair.Join();
        pair.Run(TimeSpan.FromSeconds(2));
        var last = Last(pair);
        var kept = pair.Configuration.Objects.Hosts.ToDictionary(
            host => host.Name, host => pair.Peers[1].StateOf(pair.Id(host.Name)).LastCheckTicks);
        pair.Started.Clear();
        pair.Run(Interval + TimeSpan.FromSeconds(2));

        var foreign = 0;
        foreach (var host in pair.Configuration.Objects.Hosts.Select(host => host.Name))
        {
            // The state that both hold says by whom it was checked last, and that one's clock by when.
            var writer = kept[host] == (PeerPair.WallAt(last[(1, host)]) + (pair.WallOf(1) - pair.WallOf(0))).UtcTicks ? 1 : 0;
            var next = pair.Started.FirstOrDefault(check => check.Name == host);
            if (next.Name is null || pair.OwnerOf(host) == writer)
            {
                continue;
            }

            foreign++;
            Assert.InRange(next.At - last[(writer, host)], Interval - TimeSpan.FromSeconds(1), Interval + TimeSpan.FromSeconds(2));
        }

        Assert.InRange(foreign, 5, Hosts);
    }

    /// <summary>A peer that comes back takes its share from the one that had everything.</summary>
    [Theory]
    [MemberData(nameof(Hours))]
    public void Loss_AndReturn_RunNothingTwiceWithinHalfAnInterval(int hours)
    {
        var pair = Settled(hours);
        for (var round = 0; round < 3; round++)
        {
            pair.Started.Clear();
            pair.Run(2 * Interval);
            foreach (var checks in pair.Started.GroupBy(check => check.Name))
            {
                var times = checks.Select(check => check.At).Order().ToArray();
                Assert.All(times.Zip(times.Skip(1)), two => Assert.InRange(two.Second - two.First, Interval / 2, Interval * 1.5));
            }

            pair.Cut();
            pair.Run(Interval);
            pair.Join();
            pair.Run(TimeSpan.FromSeconds(2));
        }
    }

    private static Dictionary<(int, string), TimeSpan> Last(PeerPair pair) =>
        pair.Started.GroupBy(check => (check.Peer, check.Name)).ToDictionary(checks => checks.Key, checks => checks.Max(check => check.At));

    private static PeerPair Settled(int hours)
    {
        var text = new StringBuilder("define command {\n command_name probe\n command_line /bin/true\n}\n");
        for (var number = 0; number < Hosts; number++)
        {
            text.Append($"define host {{\n host_name h{number}\n check_command probe\n check_interval 20\n max_check_attempts 3\n}}\n");
        }

        var pair = PeerPair.WithClockAhead(text.ToString(), TimeSpan.FromHours(hours));
        pair.Run(TimeSpan.FromSeconds(50));
        Assert.All(pair.Configuration.Objects.Hosts, host => Assert.Single(pair.Peers, peer => peer.Owns(pair.Id(host.Name))));
        return pair;
    }
}
