using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Hosts;

namespace Compeer.EndToEnd.Sites;

/// <summary>Merlin's HOWTO, typed as it stands there by root at yoda: masters, a poller alone and peered pollers, from nothing to checks
/// that run where they should.</summary>
[Collection(Alone.Name)]
public sealed class FiveNodeTests : ClusterTest, IAsyncLifetime
{
    private const string Nothing = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

    private FiveNodes _nodes = null!;
    private HostTerminal _terminal = null!;

    public async Task InitializeAsync()
    {
        _nodes = await FiveNodes.MakeAsync(Folder, Own);
        _terminal = Own(await HostTerminal.OpenAsync(_nodes.Yoda));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Howto_TypedAsItStands_EveryPollerChecksItsHostGroups()
    {
        await ConfigureNodesAsync();
        await ExchangeKeysAsync();
        await SplitAsync();

        // Step 7: Starting the distributed system
        var start = await TypeAsync("mon restart; sleep 3; mon oconf push");
        foreach (var node in (string[])["obi1", "luke", "leya", "solo"])
        {
            Says($"{node}: works by this configuration", start);
        }

        await _nodes.AreCheckedAtAsync("set up", FiveNodes.Hyperdrive, _nodes.Solo);
        await _nodes.AreCheckedAtAsync("set up", FiveNodes.Theforce, _nodes.Luke, _nodes.Leya);
        await _nodes.AreCheckedAtAsync("set up", FiveNodes.Masters, _nodes.Yoda, _nodes.Obi1);
        AssertKnowsOnly(FiveNodes.Hyperdrive, _nodes.Solo);
        AssertKnowsOnly(FiveNodes.Theforce, _nodes.Luke, _nodes.Leya);

        // From now on what is changed at a master goes to whom it concerns by itself.
        (await _nodes.Yoda.ShellAsync("sed -i 's/falcon/corvette/' /opt/monitor/etc/oconf/site.cfg; mon reload")).Expect(0);
        await _nodes.AreCheckedAtAsync("changed at yoda", ["corvette", "engine"], _nodes.Solo);
        Assert.Equal(
            "/opt/monitor/etc/oconf/from-master.cfg\n", (await _nodes.Luke.RunAsync("mon", "oconf", "files")).Expect(0).Output);
        await LoseOneOfEachKindAsync();
        await new PollerSilences(_nodes, _nodes.Solo, ["corvette", "engine"]).RunAsync();
        await new PairLosses(_nodes, ["corvette", "engine"]).RunAsync();
    }

    /// <summary>A poller alone is replaced by the masters, a peered one by its peer, a master by the other; who is back has its own
    /// again.</summary>
    private async Task LoseOneOfEachKindAsync()
    {
        string[] hyperdrive = ["corvette", "engine"];
        (Host Lost, string[] Hosts, Host[] Others)[] losses =
        [
            (_nodes.Solo, hyperdrive, [_nodes.Yoda, _nodes.Obi1]),
            (_nodes.Luke, FiveNodes.Theforce, [_nodes.Leya]),
            (_nodes.Obi1, FiveNodes.Masters, [_nodes.Yoda]),
        ];
        await _nodes.AreCheckedOnlyAtAsync("set up", hyperdrive, _nodes.Solo);
        await _nodes.AreCheckedOnlyAtAsync("set up", FiveNodes.Theforce, _nodes.Luke, _nodes.Leya);
        await _nodes.AreCheckedOnlyAtAsync("set up", FiveNodes.Masters, _nodes.Yoda, _nodes.Obi1);
        foreach (var loss in losses)
        {
            await FiveNodes.KillAsync(loss.Lost);
            await _nodes.AreCheckedOnlyAtAsync($"{loss.Lost.Name} is killed", loss.Hosts, loss.Others);
        }

        await Task.WhenAll(losses.Select(async loss => (await loss.Lost.RunAsync("mon", "start")).Expect(0)));
        await _nodes.AreCheckedOnlyAtAsync("all are back", hyperdrive, _nodes.Solo);
        await _nodes.AreCheckedAtAsync("all are back", FiveNodes.Theforce, _nodes.Luke, _nodes.Leya);
        await _nodes.AreCheckedAtAsync("all are back", FiveNodes.Masters, _nodes.Yoda, _nodes.Obi1);
    }

    /// <summary>Steps 1 to 3.</summary>
    private async Task ConfigureNodesAsync()
    {
        await TypeAsync("mon node add obi1 type=peer");
        await TypeAsync("mon node add luke type=poller hostgroup=theforce,tattoine");
        await TypeAsync("mon node add leya hostgroup=theforce,tattoine");
        await TypeAsync("mon node add solo hostgroup=hyperride");
        await TypeAsync("mon node remove solo");
        await TypeAsync("mon node add solo type=poller hostgroup=hyperdrive");
        Assert.Equal("  leya\n  luke\n  obi1\n  solo\n", (await TypeAsync("mon node list --type=poller,peer")).Shown);
        Assert.Contains("HOSTGROUP=theforce,tattoine\n", (await TypeAsync("mon node show leya")).Shown, StringComparison.Ordinal);

        // Step 2: Distribute ssh-keys
        await TypeAsync("mon sshkey push --all");
        await TypeAsync("mon sshkey fetch --all");
        Says("luke: hostname is luke", await TypeAsync("mon node ctrl -- 'echo hostname is $(hostname)'"));

        // Step 3: Configure Merlin on the remote systems
        await TypeAsync("mon node ctrl --type=poller -- mon node add yoda type=master");
        await TypeAsync("mon node ctrl --type=poller -- mon node add obi1 type=master");
        await TypeAsync("mon node ctrl --type=peer -- mon node add yoda type=peer");
        await TypeAsync("mon node ctrl obi1 -- mon node add luke hostgroup=theforce,tattoine");
        await TypeAsync("mon node ctrl obi1 -- mon node add leya hostgroup=theforce,tattoine");
        await TypeAsync("mon node ctrl obi1 -- mon node add solo hostgroup=hyperdrive");
        await TypeAsync("mon node ctrl leya -- mon node add luke type=peer");
        await TypeAsync("mon node ctrl luke -- mon node add leya type=peer");
        Assert.Equal("  obi1\n  yoda\n", (await _nodes.Solo.RunAsync("mon", "node", "list", "--type=master")).Expect(0).Output);
    }

    /// <summary>"Or do what we just did on all the other nodes", and step 4, with the quotes as a shell wants them.</summary>
    private async Task ExchangeKeysAsync()
    {
        await Task.WhenAll(((Host[])[_nodes.Obi1, _nodes.Luke, _nodes.Leya, _nodes.Solo]).Select(async host =>
        {
            var terminal = Own(await HostTerminal.OpenAsync(host));
            (await terminal.TypeAsync("mon sshkey push --all")).Expect(0);
            (await terminal.TypeAsync("mon sshkey fetch --all")).Expect(0);
        }));
        const string There = """
            echo On $(hostname); hostname | mon node ctrl -- '\''from=$(cat); echo "@$(hostname) from $from"'\''
            """;
        var check = await TypeAsync($"mon node ctrl -- '{There}' | grep ^@");
        Assert.Equal(
            [
                "@leya from luke", "@leya from obi1", "@luke from leya", "@luke from obi1",
                "@obi1 from leya", "@obi1 from luke", "@obi1 from solo", "@solo from obi1",
                "@yoda from leya", "@yoda from luke", "@yoda from obi1", "@yoda from solo",
            ],
            check.Shown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    /// <summary>Step 6: Synchronization configuration.</summary>
    private async Task SplitAsync()
    {
        await TypeAsync("dir=/opt/monitor/etc/oconf");
        await TypeAsync("conf=/opt/monitor/etc/nagios.cfg");
        await TypeAsync("mon node ctrl -- sed -i /^cfg_file=/d $conf");
        await TypeAsync("mon node ctrl -- sed -i /^log_file=/acfg_dir=$dir $conf");
        await TypeAsync("mon node ctrl -- mkdir -m 775 $dir");
        await TypeAsync("mon node ctrl -- chown monitor:apache $dir");
        Assert.Equal(
            [$"leya: {Nothing}", $"luke: {Nothing}", $"obi1: {Nothing}", $"solo: {Nothing}"],
            (await TypeAsync("mon node ctrl -- mon oconf hash")).Shown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());

        await _nodes.WriteSiteAsync();
        var split = await TypeAsync("mon oconf nodesplit");
        Says("/luke.cfg with 14 objects for hostgroup list 'theforce,tattoine'", split);
        Says("/leya.cfg with 14 objects for hostgroup list 'theforce,tattoine'", split);
        Says("/solo.cfg with 9 objects for hostgroup list 'hyperdrive'", split);
    }

    /// <summary>Fails when one of these nodes ran a check of anything else.</summary>
    private void AssertKnowsOnly(string[] hosts, params Host[] nodes)
    {
        var own = FiveNodes.ObjectsOf(hosts).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(_nodes.Runs(), run => nodes.Any(node => node.Name == run.Node) && !own.Contains(run.Object));
    }

    private async Task<TypedResult> TypeAsync(string line) => (await _terminal.TypeAsync(line)).Expect(0);

    private static void Says(string text, TypedResult result) =>
        Assert.True(result.Shown.Contains(text, StringComparison.Ordinal), $"\"{text}\" expected of {result}");
}
