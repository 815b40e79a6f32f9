using System.Text;
using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Downtimes;
using Compeer.Engine.Snapshot;

namespace Compeer.Tests.Peer;

/// <summary>Comments, downtimes and acknowledgements of two peers: given at either, in effect at both, said once.</summary>
public sealed class EntryTests
{
    private static readonly string Objects = HostsAndCommand(6);
    private readonly PeerPair _pair = new(Objects);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Downtime_GivenAtEitherPeer_CountsAtBothAndIsSaidOnceInEachLog(int giver)
    {
        Settle();
        var now = Seconds(giver);
        _pair.Command(giver, $"SCHEDULE_HOST_DOWNTIME;h0;{now + 2};{now + 6};1;0;0;anna;disk");
        Run(1);
        Assert.All([0, 1], peer => Assert.Equal(DowntimePhase.Pending, Assert.Single(View(peer).Downtimes.Values).Phase));
        Run(2);
        Assert.All([0, 1], peer => Assert.Equal(DowntimePhase.InEffect, Assert.Single(View(peer).Downtimes.Values).Phase));
        Assert.All([0, 1], peer => Assert.NotEqual(0, Assert.Single(View(peer).Downtimes.Values).StartedTicks));
        Run(5);
        Assert.All([0, 1], peer => Assert.Empty(View(peer).Downtimes));
        Assert.All([0, 1], peer => Assert.Empty(View(peer).Comments));
        Assert.All([0, 1], peer => Assert.Equal(["STARTED", "STOPPED"], Said(peer)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Downtime_CancelledAtEitherPeer_IsGoneAtBothAndSaidOnceInEachLog(int peer)
    {
        Settle();
        var now = Seconds(0);
        _pair.Command(1 - peer, $"SCHEDULE_HOST_DOWNTIME;h0;{now};{now + 600};1;0;0;anna;disk");
        Run(2);
        _pair.Command(peer, $"DEL_HOST_DOWNTIME;{View(peer).Downtimes.Values.Single().Id.Number}");
        Run(2);
        Assert.All([0, 1], side => Assert.Empty(View(side).Downtimes));
        Assert.All([0, 1], side => Assert.Equal(["STARTED", "CANCELLED"], Said(side)));
    }

    [Fact]
    public void Downtime_CancelledWhileNobodyOwnsItsObject_IsGoneAndSaidOnceInEachLog()
    {
        Settle();
        var host = Enumerable.Range(0, 6).Select(host => $"h{host}").First(host => _pair.OwnerOf(host) == 1);
        var now = Seconds(0);
        _pair.Command(0, $"SCHEDULE_HOST_DOWNTIME;{host};{now};{now + 600};1;0;0;anna;disk");
        Run(2);
        _pair.Cut();
        _pair.RunNow();
        _pair.Command(0, $"DEL_HOST_DOWNTIME;{View(0).Downtimes.Values.Single().Id.Number}");
        _pair.RunNow();
        Assert.False(_pair.Peers[0].Owns(_pair.Id(host)));
        Assert.Empty(View(0).Downtimes);
        Assert.Equal(["STARTED"], Said(0));
        Run(10);
        Assert.True(_pair.Peers[0].Owns(_pair.Id(host)));
        Assert.Equal(["STARTED", "CANCELLED"], Said(0));
        _pair.Join();
        Run(10);
        Assert.All([0, 1], side => Assert.Empty(View(side).Downtimes));
        Assert.All([0, 1], side => Assert.Equal(["STARTED", "CANCELLED"], Said(side)));
    }

    [Fact]
    public void Downtime_WhoseOwnerIsLost_EndsAtTheOtherAndStartsNotAgain()
    {
        Settle();
        var host = Enumerable.Range(0, 6).Select(host => $"h{host}").First(host => _pair.OwnerOf(host) == 1);
        var now = Seconds(0);
        _pair.Command(0, $"SCHEDULE_HOST_DOWNTIME;{host};{now};{now + 20};1;0;0;anna;disk");
        Run(2);
        _pair.Cut();
        Run(10);
        Assert.Equal(0, _pair.OwnerOf(host));
        Assert.Equal(DowntimePhase.InEffect, Assert.Single(View(0).Downtimes.Values).Phase);
        Run(12);
        Assert.Equal(["STARTED", "STOPPED"], Said(0));
        Assert.Empty(View(0).Downtimes);
    }

    [Fact]
    public void Downtime_ThatBeganWhileItsOwnerWasAway_IsSaidByTheNextOwner()
    {
        Settle();
        var host = Enumerable.Range(0, 6).Select(host => $"h{host}").First(host => _pair.OwnerOf(host) == 1);
        _pair.Cut();
        var now = Seconds(0);
        _pair.Command(0, $"SCHEDULE_HOST_DOWNTIME;{host};{now};{now + 200};1;0;0;anna;disk");
        Run(10);
        Assert.Equal(["STARTED"], Said(0));
    }

    [Fact]
    public void Numbers_GivenAtTheSameMoment_AreDifferent()
    {
        Settle();
        _pair.Command(0, "ADD_HOST_COMMENT;h0;1;anna;one");
        _pair.Command(1, "ADD_HOST_COMMENT;h0;1;otto;two");
        Run(1);
        var ids = View(0).Comments.Keys.Select(id => id.Number).Order().ToArray();
        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids, number => Assert.InRange(number, 1ul, 4ul));
        Assert.Equal(View(0).Comments.Keys.Order(), View(1).Comments.Keys.Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Acknowledgement_GivenAtEitherPeer_HoldsAtBothUntilRecovery(int giver)
    {
        _pair.Codes["h0"] = 2;
        Settle();
        Run(30);
        _pair.Command(giver, "ACKNOWLEDGE_HOST_PROBLEM;h0;1;1;0;anna;seen");
        Run(2);
        Assert.All([0, 1], peer => Assert.Equal("anna", Holding(peer, "h0").Author));
        Assert.All([0, 1], peer => Assert.Single(View(peer).Comments));
        _pair.Codes["h0"] = 0;
        Run(30);
        Assert.All([0, 1], peer => Assert.Empty(View(peer).Acknowledgements));
        Assert.All([0, 1], peer => Assert.Empty(View(peer).Comments));
    }

    [Fact]
    public void Acknowledgement_GivenWhileTheOwnerIsLost_HoldsAtBothAfterwards()
    {
        foreach (var host in Enumerable.Range(0, 6))
        {
            _pair.Codes[$"h{host}"] = 2;
        }

        Settle();
        Run(30);
        var lost = Enumerable.Range(0, 6).Select(host => $"h{host}").First(host => _pair.OwnerOf(host) == 1);
        _pair.Cut();
        _pair.Command(0, $"ACKNOWLEDGE_HOST_PROBLEM;{lost};1;1;0;anna;seen");
        Run(10);
        Assert.Equal(AcknowledgementKind.Sticky, Holding(0, lost).Kind);
        _pair.Join();
        Run(10);
        Assert.All([0, 1], peer => Assert.Equal("anna", Holding(peer, lost).Author));
    }

    private static string HostsAndCommand(int hosts)
    {
        var text = new StringBuilder("define command {\n command_name probe\n command_line /bin/true\n}\n");
        for (var host = 0; host < hosts; host++)
        {
            text.Append($"define host {{\n host_name h{host}\n check_command probe\n check_interval 5\n max_check_attempts 1\n}}\n");
        }

        return text.ToString();
    }

    private void Settle() => Run(10);

    private void Run(int seconds) => _pair.Run(TimeSpan.FromSeconds(seconds));

    private long Seconds(int peer) => _pair.WallOf(peer).ToUnixTimeSeconds();

    private EngineSnapshot View(int peer) => _pair.ViewOf(peer);

    private Acknowledgement Holding(int peer, string host)
    {
        var view = View(peer);
        return view.AcknowledgementOf(_pair.Id(host), view.Acknowledgements.Values.Where(given => given.Object.Host == host));
    }

    private IEnumerable<string> Said(int peer) => _pair.LogOf(peer)
        .Where(line => line.Contains("DOWNTIME ALERT", StringComparison.Ordinal)).Select(line => line.Split(';')[1]);
}
