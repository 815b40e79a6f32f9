using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Versions;

/// <summary>The newest configuration of a history goes to all its nodes; another history's to none.</summary>
public sealed class ConfigurationTravelTests
{
    private static readonly NodeId Large = MachineHarness.Large;
    private static readonly HistoryId Ours = new(1);
    private static readonly string Newer = new('b', 64);

    [Fact]
    public void NewerElsewhere_IsFetchedOnce()
    {
        var one = Start(Own(1));
        var link = Connect(one, new ConfigurationVersion(2, Newer) { History = Ours });

        var behind = Assert.Single(one.All.OfType<ClusterEffect.Behind>());
        Assert.Equal((2L, Newer), (behind.Version.Number, behind.Version.Hash));

        Exchange(one, new ConfigurationInput.Want([Newer]));
        Assert.Equal(Newer, Assert.Single(one.SentOn(link).OfType<LinkFrame.ContentRequest>()).Hash);

        one.Receive(link, new LinkFrame.ContentPart(Newer, 0, 3, IsMissing: false, new byte[3]));
        Assert.Equal((0L, 3L), one.Last.OfType<ClusterEffect.Content>().Select(piece => (piece.Offset, piece.Total)).Single());
    }

    [Fact]
    public void OlderOrSameElsewhere_IsNot()
    {
        var one = Start(Own(5));
        Connect(one, new ConfigurationVersion(4, Newer) { History = Ours });
        Assert.Empty(one.All.OfType<ClusterEffect.Behind>());

        var other = Start(Own(1));
        Connect(other, Own(9));
        Assert.Empty(other.All.OfType<ClusterEffect.Behind>());
    }

    [Fact]
    public void Refused_IsReportedUntilThereIsANewer()
    {
        var one = Start(Own(1));
        var link = Connect(one, new ConfigurationVersion(2, Newer) { History = Ours });
        var refused = new RefusedConfiguration(Newer, "a.cfg:1: no");
        Exchange(one, new ConfigurationInput.Refuse(refused));
        Exchange(one, new ConfigurationInput.Refuse(new RefusedConfiguration("an earlier one", "late")));
        one.Wait(TimeSpan.FromSeconds(1), () => one.KeepAlive());
        Assert.Equal(refused, OwnReports(one, link).Last().Refused);

        one.Receive(link, Reports(new ConfigurationVersion(3, new string('c', 64)) { History = Ours }, sequence: 2));
        one.Wait(TimeSpan.FromSeconds(1), () => one.KeepAlive());
        Assert.Null(OwnReports(one, link).Last().Refused);
        Assert.Equal(2, one.All.OfType<ClusterEffect.Behind>().Count());
    }

    [Fact]
    public void MadeAtTheSameTimeElsewhere_TellsWhatIsOverruled()
    {
        var one = Start(new ConfigurationVersion(2, new string('a', 64)) { Origin = MachineHarness.Self, History = Ours });
        Connect(one, new ConfigurationVersion(2, Newer) { History = Ours, Ancestors = [77] });
        Assert.Single(one.Notices, text => text.Contains("is overruled by 2 (bbbbbbbbbbbb)", StringComparison.Ordinal));
    }

    [Fact]
    public void MadeFromWhatIsHere_OverrulesNothing()
    {
        var own = new ConfigurationVersion(2, new string('a', 64)) { Origin = MachineHarness.Self, History = Ours };
        var one = Start(own);
        Connect(one, new ConfigurationVersion(3, Newer) { History = Ours, Ancestors = own.AncestorsOfNext() });
        Assert.DoesNotContain(one.Notices, text => text.Contains("overruled", StringComparison.Ordinal));
        Assert.Single(one.All.OfType<ClusterEffect.Behind>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    public void OtherHistory_WhateverItsNumber_DoesNotMix(long number)
    {
        var one = Start(Own(2));
        var link = one.Open(Large);
        one.Receive(link, MachineHarness.Hello(Large) with
        {
            Configuration = new ConfigurationVersion(number, Newer) { History = new HistoryId(2) },
        });

        Assert.Contains(one.Last, effect => effect is ClusterEffect.Close close && close.Link == link);
        Assert.Equal(RefusalCode.OtherHistory, Assert.Single(one.SentOn(link).OfType<LinkFrame.Refused>()).Code);
        Assert.Contains("was not made from the same", one.Node(Large).Reason, StringComparison.Ordinal);
        one.Wait(TimeSpan.FromSeconds(5));
        Assert.Equal(4, one.View.Held);
        Assert.Empty(one.All.OfType<ClusterEffect.Behind>());
    }

    [Fact]
    public void OtherHistory_TakenUpElsewhereMeanwhile_PartsAndFollowsNothing()
    {
        var one = Start(Own(1));
        var link = Connect(one, Own(1));

        one.Receive(link, Reports(new ConfigurationVersion(99, Newer) { History = new HistoryId(2) }, sequence: 2));

        Assert.Equal(RefusalCode.OtherHistory, Assert.Single(one.SentOn(link).OfType<LinkFrame.Refused>()).Code);
        Assert.Single(one.Last.OfType<ClusterEffect.Close>());
        Assert.Empty(one.All.OfType<ClusterEffect.Behind>());
    }

    [Fact]
    public void OtherHistory_OfTheSameFiles_IsWelcome()
    {
        var one = Start(Own(2));
        var link = one.Open(Large);
        one.Receive(link, MachineHarness.Hello(Large) with { Configuration = Own(1) with { History = new HistoryId(2) } });
        Assert.DoesNotContain(one.Last, effect => effect is ClusterEffect.Close);
    }

    private static ConfigurationVersion Own(long number) => new(number, new string('a', 64)) { History = Ours };

    private static MachineHarness Start(ConfigurationVersion version) =>
        new(MachineHarness.Objects(4) with { Version = version }, MachineHarness.Peer(Large));

    private static LinkId Connect(MachineHarness one, ConfigurationVersion theirs)
    {
        var link = one.Open(Large);
        one.Receive(link, MachineHarness.Hello(Large) with { Configuration = theirs, Capabilities = Capabilities.Own });
        one.AnswerSync(link);
        one.Receive(link, Reports(theirs, sequence: 1));
        return link;
    }

    private static LinkFrame.Reports Reports(ConfigurationVersion theirs, long sequence) => new(
    [
        MachineHarness.Report(Large) with
        {
            Sequence = sequence,
            Revision = sequence,
            Configuration = theirs,
            Edges = [MachineHarness.OwnRun],
        },
    ]);

    private static void Exchange(MachineHarness one, ConfigurationInput input) =>
        one.Do((machine, now, effects) => machine.Exchange(now, input, effects));

    private static IEnumerable<NodeReport> OwnReports(MachineHarness one, LinkId link) => one.SentOn(link)
        .OfType<LinkFrame.Reports>().SelectMany(reports => reports.Items).Where(report => report.Node == MachineHarness.Self);
}
