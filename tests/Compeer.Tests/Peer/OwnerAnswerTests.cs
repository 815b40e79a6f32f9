using System.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

/// <summary>What is given at one peer about an object of the other is answered when the other has it in its database.</summary>
public sealed class OwnerAnswerTests
{
    private const int Hosts = 8;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Result_OfAnObjectElsewhere_IsAnsweredWhenItsOwnerHasStoredIt(bool isRelied)
    {
        var pair = Settled();
        var host = OwnedBy(pair, peer: 1);
        pair.Blocked.Add(1);

        Give(pair, token: 1, host, isRelied);
        pair.Run(TimeSpan.FromSeconds(1));

        Assert.Equal(1, pair.Peers[1].StateOf(pair.Id(host)).State);
        Assert.Equal(!isRelied, pair.Answers.ContainsKey(1));
        pair.Blocked.Clear();
        pair.Run(TimeSpan.FromMilliseconds(200));
        Assert.Null(Assert.Contains(1, pair.Answers));

        // Who was answered may lose both the owner and its disk.
        Assert.Equal(1, pair.Peers[0].StateOf(pair.Id(host)).State);
    }

    /// <summary>Within the time in which states are gathered for the others: the other one has it by then.</summary>
    [Fact]
    public void Result_OfAnObjectHere_IsWithTheOtherWhenItIsAnswered()
    {
        var pair = Settled();
        var host = OwnedBy(pair, peer: 0);

        Give(pair, token: 1, host, isRelied: true);
        pair.RunNow();

        Assert.Null(Assert.Contains(1, pair.Answers));
        Assert.Equal(1, pair.Peers[1].StateOf(pair.Id(host)).State);
    }

    [Fact]
    public void Result_ItsOwnerIsLostBeforeItHasStoredIt_IsTakenByTheNextOne()
    {
        var pair = Settled();
        var host = OwnedBy(pair, peer: 1);
        pair.Blocked.Add(1);

        Give(pair, token: 1, host, isRelied: true);
        pair.Run(TimeSpan.FromMilliseconds(100));
        pair.Cut();
        Assert.Empty(pair.Answers);
        pair.Run(TimeSpan.FromSeconds(6));

        Assert.Null(Assert.Contains(1, pair.Answers));
        Assert.True(pair.Peers[0].Owns(pair.Id(host)));
        Assert.Equal((1, 1), (pair.Peers[0].StateOf(pair.Id(host)).State, pair.Peers[0].StateOf(pair.Id(host)).Attempt));
    }

    [Fact]
    public void Result_TheOwnerDoesNotTakeIt_IsAnsweredWithItsReason()
    {
        var pair = Settled();
        var host = OwnedBy(pair, peer: 1);
        pair.Command(1, $"DISABLE_PASSIVE_HOST_CHECKS;{host}");
        Give(pair, token: 1, host, isRelied: true);
        pair.RunNow();

        Assert.Equal("passive results of it are not accepted", Assert.Contains(1, pair.Answers));
        Assert.Equal(0, pair.Peers[1].StateOf(pair.Id(host)).State);
    }

    /// <summary>Not only results: whoever gives a command waits for the owners, too, but never for a check.</summary>
    [Fact]
    public void Command_ForAnOwnerElsewhere_WaitsForIt()
    {
        var pair = Settled();
        var host = OwnedBy(pair, peer: 1);
        pair.Blocked.Add(1);
        Command(pair, 1, $"DELAY_HOST_NOTIFICATION;{host};{pair.WallOf(0).ToUnixTimeSeconds() + 3600}");
        Command(pair, 2, $"SCHEDULE_FORCED_HOST_CHECK;{host};{pair.WallOf(0).ToUnixTimeSeconds()}");
        pair.Run(TimeSpan.FromSeconds(1));

        Assert.Equal([2], pair.Answers.Keys);
        pair.Blocked.Clear();
        pair.Run(TimeSpan.FromMilliseconds(200));
        Assert.Equal([2, 1], pair.Answers.Keys);
    }

    private static void Command(PeerPair pair, long token, string command) => pair.Give(
        0,
        new PeerInput.Command(Encoding.UTF8.GetBytes($"[{pair.WallOf(0).ToUnixTimeSeconds()}] {command}"))
        {
            Token = new AnswerToken(token),
            IsRelied = true,
        });

    private static void Give(PeerPair pair, long token, string host, bool isRelied)
    {
        var result = new CheckResult(CheckOutcome.Exited, 1, "down"u8.ToArray(), default, default, pair.WallOf(0), TimeSpan.Zero);
        pair.Give(0, new PeerInput.Spooled(new SpooledResult(host, Service: null, IsPassive: true, result))
        {
            Token = new AnswerToken(token),
            IsRelied = isRelied,
        });
    }

    private static string OwnedBy(PeerPair pair, int peer) =>
        pair.Configuration.Objects.Hosts.Select(host => host.Name).First(name => pair.OwnerOf(name) == peer);

    private static PeerPair Settled()
    {
        var text = new StringBuilder("define command {\n command_name probe\n command_line /bin/true\n}\n");
        for (var number = 0; number < Hosts; number++)
        {
            text.Append(
                $"define host {{\n host_name host{number}\n check_command probe\n check_interval 3600\n"
                + $" retry_interval 3600\n max_check_attempts 3\n}}\n");
        }

        var pair = PeerPair.WithDatabases(text.ToString());
        pair.Run(TimeSpan.FromSeconds(30));
        Assert.All(pair.Configuration.Objects.Hosts, host => Assert.Single(pair.Peers, peer => peer.Owns(pair.Id(host.Name))));
        return pair;
    }
}
