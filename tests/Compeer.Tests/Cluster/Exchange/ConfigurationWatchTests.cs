using System.Text;
using Compeer.Cluster.Exchange;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster.Exchange;

/// <summary>What a node says while not all have the same configuration.</summary>
public sealed class ConfigurationWatchTests
{
    private const string Remedy = "Who does not have it yet fetches it from those that do";
    private static readonly NodeId Large = MachineHarness.Large;
    private static readonly NodeId Small = MachineHarness.Small;

    [Fact]
    public void NotInForceHere_IsComparedAndSummedUpInOneLine()
    {
        var one = Make(Large, Small);
        var link = Connect(one, Large, Other(7, "other", objects: 3));
        Connect(one, Small, Of(MachineHarness.Version, objects: 4));
        Assert.Equal(new UncheckedObjects(1, IsExact: false, []), one.View.Unchecked);

        Assert.Equal("other", one.SentOn(link).OfType<LinkFrame.ObjectsRequest>().Single().Hash);
        one.Receive(link, new LinkFrame.Objects("other", [Hash("object 0")], More: true));
        Assert.False(one.View.Unchecked.IsExact);
        one.Receive(link, new LinkFrame.Objects("other", [Hash("object 2"), Hash("elsewhere")], More: false));
        one.Wait(ConfigurationWatch.Settling, () => one.KeepAlive());

        const string Line = "all checks are run by the configuration 7 (other, taken up at node20), which has 3 objects, at node20; "
            + "this node and node5 have 1 (one) with 4 objects, of which 2 are checked by nobody "
            + "(object 1, object 3). " + Remedy;
        Assert.Equal(Line, Assert.Single(one.Notices, IsAboutConfigurations));
        Assert.Equal(Line, one.View.ConfigurationNotice);
        Assert.Equal(new UncheckedObjects(2, IsExact: true, ["object 1", "object 3"]) { Hosts = 2 }, one.View.Unchecked);
        Assert.Equal([0, -1, 0, -1], one.View.Owners.Select(owner => (int)owner));
        Assert.Equal((7L, "other"), (one.View.InForce!.Number, one.View.InForce.Hash));
        Assert.Equal(one.View.Unchecked, one.SentOn(link).OfType<LinkFrame.Reports>().Last().Items.Single(IsOwn).Unchecked);
        Assert.True(one.Node(Large).IsInForce);
        Assert.False(one.Node(Small).IsInForce);
        Assert.Equal(3, one.Node(Large).Objects);
    }

    [Fact]
    public void NotTakenUpAtOne_SaysWhyAndHowToEndIt()
    {
        var one = Make(Large);
        Connect(one, Large, Of(new ConfigurationVersion(1, "a") { Origin = Large }, objects: 4) with
        {
            Refused = new RefusedConfiguration(MachineHarness.Version.Hash, "hosts.cfg:3: no"),
        });
        one.Wait(ConfigurationWatch.Settling, () => one.KeepAlive());

        Assert.EndsWith(
            ". node20 does not take it up: hosts.cfg:3: no. To end it, mend that in the configuration at any peer and reload it there, or "
            + "bring back an earlier one with 'mon oconf restore'",
            Assert.Single(one.Notices, IsAboutConfigurations),
            StringComparison.Ordinal);
    }

    [Fact]
    public void InForceHere_SaysWhatOthersFound()
    {
        var one = Make(Large);
        Connect(one, Large, Of(new ConfigurationVersion(1, "a") { Origin = Large }, objects: 300) with
        {
            Unchecked = new UncheckedObjects(296, IsExact: true, ["web1", "web1;http", "web2"]),
        });
        one.Wait(ConfigurationWatch.Settling, () => one.KeepAlive());

        Assert.Equal(
            "all checks are run by the configuration 1 (one), which has 4 objects, at this node; node20 has 1 (a, "
            + "taken up at node20) with 300 objects, of which 296 are checked by nobody (web1, web1;http, web2, …). " + Remedy,
            Assert.Single(one.Notices, IsAboutConfigurations));
        Assert.Equal(UncheckedObjects.None, one.View.Unchecked);
        Assert.Equal(296, one.Node(Large).Unchecked.Number);
    }

    [Fact]
    public void SameAgain_IsSaidOnceAndADifferenceOfAMomentNever()
    {
        var one = Make(Large);
        var link = Connect(one, Large, Other(7, "other", objects: 3));
        one.Wait(TimeSpan.FromMilliseconds(900), () => one.KeepAlive());
        Report(one, link, Of(MachineHarness.Version, objects: 4) with { Sequence = 2 });
        one.Wait(TimeSpan.FromSeconds(2), () => one.KeepAlive());
        Assert.DoesNotContain(one.Notices, IsAboutConfigurations);

        Report(one, link, Other(7, "other", objects: 3) with { Sequence = 3 });
        one.Wait(TimeSpan.FromMinutes(12), () => one.KeepAlive());
        Report(one, link, Of(MachineHarness.Version, objects: 4) with { Sequence = 4 });
        one.Wait(TimeSpan.FromMinutes(1), () => one.KeepAlive());

        Assert.Single(one.Notices, IsAboutConfigurations);
        Assert.Single(one.Notices, notice => notice == "all nodes have the same configuration again");
        Assert.Equal("", one.View.ConfigurationNotice);
    }

    [Fact]
    public void Changes_InARow_AreToldAtMostEveryTenSeconds()
    {
        var one = Make(Large);
        var link = Connect(one, Large, Other(7, "other", objects: 3));
        for (var i = 1; i <= 30; i++)
        {
            one.Wait(TimeSpan.FromSeconds(2), () => one.KeepAlive());
            Report(one, link, Other(7, "other", objects: 3 + i) with { Sequence = 1 + i });
        }

        Assert.InRange(one.Notices.Count(IsAboutConfigurations), 4, 6);
    }

    [Fact]
    public void ObjectsRequest_IsAnsweredInPartsAndOnlyForTheConfigurationHere()
    {
        var one = new MachineHarness(MachineHarness.Objects(5_000), MachineHarness.Peer(Large));
        var link = Connect(one, Large, Of(MachineHarness.Version, objects: 5_000));

        one.Receive(link, new LinkFrame.ObjectsRequest("another"));
        Assert.Empty(one.SentOn(link).OfType<LinkFrame.Objects>());
        one.Receive(link, new LinkFrame.ObjectsRequest("one"));

        var parts = one.SentOn(link).OfType<LinkFrame.Objects>().ToArray();
        Assert.Equal([(4_096, true), (904, false)], parts.Select(part => (part.Keys.Length, part.More)));
        Assert.Equal(Hash("object 4999"), parts[1].Keys[^1]);
    }

    [Fact]
    public void Objects_NotAskedFor_AreNothing()
    {
        var one = Make(Large, Small);
        Connect(one, Large, Other(7, "other", objects: 3));
        var link = Connect(one, Small, Of(MachineHarness.Version, objects: 4));

        one.Receive(link, new LinkFrame.Objects("other", [], More: false));

        Assert.False(one.View.Unchecked.IsExact);
    }

    [Fact]
    public void NoNeighbourInForce_GoesByWhatOneWithTheSameFilesFound()
    {
        var one = Make(Small);
        var link = Connect(one, Small, Of(MachineHarness.Version, objects: 4) with
        {
            Unchecked = new UncheckedObjects(3, IsExact: true, ["object 1"]),
            Edges = [MachineHarness.OwnRun, new Run(Large, 1)],
        });
        one.Receive(link, new LinkFrame.Reports([Other(7, "other", objects: 3) with { Edges = [new Run(Small, 1)] }]));

        Assert.Equal(new UncheckedObjects(3, IsExact: false, ["object 1"]), one.View.Unchecked);
        Assert.Empty(one.SentOn(link).OfType<LinkFrame.ObjectsRequest>());
    }

    [Theory]
    [InlineData("web1\nhttp", "web1;http")]
    [InlineData("tab\there", "tab here")]
    public void NameOf_AKey_IsWhatPeopleRead(string key, string name) =>
        Assert.Equal(name, UncheckedObjects.NameOf(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void NameOf_LatinOneOrTooLong_CanBeSentAsText()
    {
        Assert.Equal("Zürich", UncheckedObjects.NameOf([(byte)'Z', 0xFC, (byte)'r', (byte)'i', (byte)'c', (byte)'h']));
        var cut = UncheckedObjects.Readable(string.Concat(Enumerable.Repeat("😀", 150)));
        Assert.Equal(UncheckedObjects.MaxNameLength - 1, cut.Length);
        Assert.Equal(cut, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut)));
    }

    private static MachineHarness Make(params NodeId[] peers) => new(
        MachineHarness.Objects(4),
        [.. peers.Select(MachineHarness.Peer)]);

    private static LinkId Connect(MachineHarness one, NodeId node, NodeReport report)
    {
        var link = one.Open(node);
        one.Receive(link, MachineHarness.Hello(node) with
        {
            Capabilities = Capabilities.Own,
            WallMilliseconds = (MachineHarness.Start + one.Now).ToUnixTimeMilliseconds(),
        });
        one.AnswerSync(link);
        Report(one, link, report with { Node = node, Edges = report.Edges.IsEmpty ? [MachineHarness.OwnRun] : report.Edges });
        return link;
    }

    private static void Report(MachineHarness one, LinkId link, NodeReport report) =>
        one.Receive(link, new LinkFrame.Reports([report.Edges.IsEmpty ? report with { Edges = [MachineHarness.OwnRun] } : report]));

    private static NodeReport Of(ConfigurationVersion version, int objects) =>
        MachineHarness.Report(Large) with { Configuration = version, Objects = objects };

    private static NodeReport Other(long number, string hash, int objects) =>
        Of(new ConfigurationVersion(number, hash) { Origin = Large }, objects);

    private static ulong Hash(string key) => StableHash.OfKey(Encoding.UTF8.GetBytes(key));

    private static bool IsOwn(NodeReport report) => report.Node == MachineHarness.Self;

    private static bool IsAboutConfigurations(string notice) => notice.StartsWith("all checks are run by", StringComparison.Ordinal);
}
