using Compeer.Api;

namespace Compeer.Tests.Cli;

/// <summary>What these commands refuse before anything is sent. What they do, they do to machines: the end-to-end tests of hosts show
/// it.</summary>
public sealed class OconfPushCommandTests : IDisposable
{
    private const string Push = "mon oconf push [--dryrun] [--no-restart] [--push=oconf,extras] [name …]\n";
    private const string NothingSent = "mon oconf push: nothing was sent\n";

    private readonly CliHarness _mon = new() { Merlin = "peer peer02 {\n}\nmaster head {\n}\n" };

    public OconfPushCommandTests()
    {
        Directory.CreateDirectory(_mon.Paths.ConfigurationFolder);
        File.WriteAllText(_mon.Paths.MainConfiguration, "cfg_file=a.cfg\n");
    }

    public void Dispose() => _mon.Dispose();

    [Theory]
    [InlineData("\"peer20\" is not a configured node (did you mean \"peer02\"?)", "peer20")]
    [InlineData("unknown part \"extra\" in --push (did you mean \"extras\"?); known are oconf and extras", "--push=oconf,extra")]
    public async Task Push_MakesNoSense_IsRefusedInOneLine(string fault, params string[] words) =>
        Assert.Equal(new CliRun(2, "", $"mon oconf push: {fault}; usage: {Push}"), await _mon.RunAsync(["oconf", "push", .. words]));

    [Fact]
    public async Task Push_NobodyToPushTo_SaysSo()
    {
        const string NoneLeft = "mon oconf push: no node is left to push to; nothing was sent\n";
        Assert.Equal(
            new CliRun(3, "", "head is skipped: a master is never pushed to\n" + NoneLeft),
            await _mon.RunAsync("oconf", "push", "head"));
        _mon.Merlin = "peer peer02 {\n connect = no\n}\npeer peer03 {\n object_config {\n  push = no\n }\n}\n";
        Assert.Equal(
            new CliRun(3, "", "peer02 is skipped: connect = no\npeer03 is skipped: push = no\n" + NoneLeft),
            await _mon.RunAsync("oconf", "push"));
        _mon.Merlin = "master head {\n}\n";
        Assert.Equal(
            new CliRun(1, "", "mon oconf push: no peer or poller is configured; \"mon node add\" does that\n"),
            await _mon.RunAsync("oconf", "push"));
    }

    [Fact]
    public async Task Push_SomethingIsMissing_IsNamedBeforeAnythingIsSent()
    {
        _mon.Merlin = "peer peer02 {\n sync {\n  /nonexistent/a\n  /proc/self/status/\n }\n"
            + " object_config {\n  ssh_key = /nonexistent/key\n }\n}\npoller far {\n hostgroup = x\n"
            + " object_config {\n  source = /nonexistent/far.cfg\n }\n}\n";

        Assert.Equal(
            new CliRun(
                1,
                "",
                "mon oconf push: the ssh key /nonexistent/key for peer02 does not exist\n"
                + "mon oconf push: /nonexistent/a does not exist, so that it cannot be sent to peer02\n"
                + "mon oconf push: /proc/self/status is no folder, so that it cannot be sent to peer02\n"
                + "mon oconf push: /nonexistent/far.cfg does not exist, so that far cannot get its configuration\n"
                + NothingSent),
            await _mon.RunAsync("oconf", "push"));
        Assert.Empty(_mon.Mond.Calls);
    }

    [Fact]
    public async Task Push_NotGoodHere_IsNotSent()
    {
        const string Lost = "the configuration has lost 6 of 11 hosts; if that is meant, 'mon reload --yes' takes it up";
        _mon.Client.Configuration = new(new ConfigurationReload(Applied: false, NodesApplied: true, Lost, []));
        Assert.Equal(
            new CliRun(1, "", $"mon oconf push: {Lost}\n" + NothingSent),
            await _mon.RunAsync("oconf", "push"));

        _mon.Mond.ExitCodes["--offer"] = 1;
        _mon.Mond.Output["--offer"] = ["Error: a.cfg:1: bad"];
        Assert.Equal(
            new CliRun(1, "", "Error: a.cfg:1: bad\nmon oconf push: the configuration has errors; nothing was sent\n"),
            await _mon.RunAsync("oconf", "push", "--no-restart"));
        Assert.Equal(["reload"], _mon.Client.Asked);
    }

    [Fact]
    public async Task Push_ToPollers_MakesTheirPartsOfWhatWasTakenUpHereAndSendsNothingWhenThatFails()
    {
        const string Missing = "mond: poller solo: there is no host group 'hyperride' (did you mean \"hyperdrive\"?)";
        _mon.Merlin = "poller luke {\n hostgroup = theforce\n}\npoller solo {\n hostgroup = hyperride\n}\npoller own {\n"
            + $" hostgroup = theforce\n object_config {{\n  source = {_mon.Paths.MainConfiguration}\n }}\n}}\n";
        _mon.Client.Configuration = new(new ConfigurationReload(Applied: true, NodesApplied: true, "nothing changed", []));
        _mon.Mond.ErrorOutput["--split"] = [Missing];
        _mon.Mond.ExitCodes["--split"] = 1;

        Assert.Equal(
            new CliRun(
                1,
                "taken up here: nothing changed\n",
                $"{Missing}\nmon oconf push: what the pollers are to get cannot be made; nothing was sent\n"),
            await _mon.RunAsync("oconf", "push"));
        Assert.Equal(["reload"], _mon.Client.Asked);
        Assert.Equal(["--split luke,solo"], _mon.Mond.Calls);
    }

    [Fact]
    public async Task Nodesplit_Pollers_SaysWhatWasMade()
    {
        _mon.Merlin = "poller luke {\n hostgroup = theforce\n}\npoller solo {\n hostgroup = hyperdrive\n}\npeer obi1 {\n}\n";
        _mon.Mond.Output["--split"] = ["Created it"];

        Assert.Equal(new CliRun(0, "Created it\n", ""), await _mon.RunAsync("oconf", "nodesplit"));
        Assert.Equal(new CliRun(0, "Created it\n", ""), await _mon.RunAsync("oconf", "nodesplit", "luke"));
        Assert.Equal(["--split", "--split luke"], _mon.Mond.Calls);
        _mon.Merlin = "peer obi1 {\n}\n";
        Assert.Equal(
            new CliRun(0, "", "no poller is configured, so there is nothing to split\n"), await _mon.RunAsync("oconf", "nodesplit"));
    }

    [Theory]
    [InlineData("receive", "push")]
    [InlineData("offer", "fetch")]
    public async Task Plumbing_WithoutAMessage_SaysWhomItIsFor(string command, string of)
    {
        _mon.Input = "hello\n"u8.ToArray();

        Assert.Equal(
            new CliRun(1, "", $"mon oconf {command}: standard input does not say what to do; this is for \"mon oconf {of}\" to use\n"),
            await _mon.RunAsync("oconf", command));
    }

    [Theory]
    [InlineData("head is a master: fetch_name in its object_config has to say what this node is called there", "head")]
    [InlineData("\"hed\" is not a configured node (did you mean \"head\"?)", "hed")]
    [InlineData("merlin.conf there has no node that is nobody", "--any=nobody")]
    public async Task Fetch_FromNobody_IsRefused(string fault, string word) => Assert.Equal(
        new CliRun(2, "", $"mon oconf fetch: {fault}; usage: mon oconf fetch [--dryrun] [--sync] [--verbose] [name]\n"),
        await _mon.RunAsync("oconf", "fetch", word));

    [Fact]
    public async Task PollerFix_NodeWithAMaster_ReadsWhatTheMasterSends()
    {
        Assert.Equal(
            new CliRun(0, "PREFIX/etc/naemon.cfg reads only oconf/from-master.cfg now, which a master sends\n", ""),
            await _mon.RunAsync("oconf", "poller-fix"));
        Assert.Equal(new CliRun(0, "", ""), await _mon.RunAsync("oconf", "poller-fix"));
        Assert.Equal("#cfg_file=a.cfg\ncfg_file=oconf/from-master.cfg\n", await File.ReadAllTextAsync(_mon.Paths.MainConfiguration));

        _mon.Merlin = "";
        await File.WriteAllTextAsync(_mon.Paths.MainConfiguration, "cfg_file=a.cfg\n");
        Assert.Equal(new CliRun(0, "", ""), await _mon.RunAsync("oconf", "poller-fix"));
        Assert.Equal("cfg_file=a.cfg\n", await File.ReadAllTextAsync(_mon.Paths.MainConfiguration));
    }

    [Fact]
    public async Task Restart_NodeWithAMaster_FixesTheMainConfigurationFirst()
    {
        await _mon.RunAsync("restart");

        Assert.Equal("#cfg_file=a.cfg\ncfg_file=oconf/from-master.cfg\n", await File.ReadAllTextAsync(_mon.Paths.MainConfiguration));
    }
}
