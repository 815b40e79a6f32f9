namespace Compeer.EndToEnd.Hosts;

/// <summary><c>mon oconf fetch</c>, <c>remote-fetch</c> and <c>poller-fix</c> on real hosts.</summary>
public sealed class OconfFetchTests : OconfTest
{
    [Fact]
    public async Task Fetch_FromAPeer_ThisNodeWorksByTheOthers()
    {
        await PrepareAsync();
        await StartAsync(Peer01, Peer02);
        (await Peer02.ShellAsync("echo x >/etc/extra")).Expect(0);
        await SetAsync("peer02", "sync {", "/etc/extra", "}");

        Assert.Equal("would change objects.cfg\n", (await Terminal.TypeAsync("mon oconf fetch --dryrun peer02")).Expect(0).Shown);
        var fetch = (await Terminal.TypeAsync("mon oconf fetch --sync peer02")).Expect(0);

        Says("/etc/extra: 1 added\n", fetch);
        Says("this node works by this configuration: hosts: 1 added, 1 removed", fetch);
        Assert.Equal(await HashAsync(Peer02), await HashAsync(Peer01));
        Assert.Equal("x\n", Peer01.Read("/etc/extra"));
        Assert.Equal("monitor\n", (await Peer01.RunAsync("stat", "-c", "%U", Objects)).Expect(0).Output);

        // The other way round: peer03 is told to fetch, and starts.
        var told = (await Terminal.TypeAsync("mon oconf remote-fetch peer03")).Expect(0);
        Says("peer03: this node works by this configuration", told);
        Assert.Equal(await HashAsync(Peer01), await HashAsync(Peer03));
        await AreActiveAsync();
        Says("merlin.conf", (await Terminal.TypeAsync(
            "mon node ctrl peer02 -- mon node remove peer01; mon oconf remote-fetch peer02")).Expect(1));
    }

    [Fact]
    public async Task Push_ToAPoller_BringsItsFileAndNothingElse()
    {
        await PrepareAsync();
        (await Peer01.ShellAsync(
            $$"""
            set -e
            mon node remove peer02
            mon node add peer02 type=poller hostgroup=gbg
            printf 'define hostgroup {\n  hostgroup_name gbg\n  members two\n}\n' >>{{Objects}}
            mon node ctrl peer02 -- "mon node remove peer01 peer03; mon node add peer01 type=master oconf_fetch_name=peer02"
            """)).Expect(0);

        var push = (await Terminal.TypeAsync("mon oconf push peer02")).Expect(0);

        Says("peer02: works by this configuration", push);
        Assert.Equal("/opt/monitor/etc/oconf/from-master.cfg\n", (await Peer02.RunAsync("mon", "oconf", "files")).Expect(0).Output);
        var part = Peer02.Read("/opt/monitor/etc/oconf/from-master.cfg");
        Assert.Contains("\thost_name\ttwo\n", part, StringComparison.Ordinal);
        Assert.DoesNotContain("\thost_name\tone\n", part, StringComparison.Ordinal);
        Assert.Equal(part, Peer01.Read("/opt/monitor/var/cache/config/peer02.cfg"));

        (await Peer01.ShellAsync($"sed -i 's/two/away/' {Objects}")).Expect(0);
        var fetch = (await Peer02.RunAsync("mon", "oconf", "fetch")).Expect(0);
        Assert.Contains("this node works by this configuration: hosts: 1 added, 1 removed", fetch.Output, StringComparison.Ordinal);

        (await Peer02.ShellAsync("echo cfg_file=/opt/monitor/etc/objects.cfg >>/opt/monitor/etc/naemon.cfg; mon restart")).Expect(0);
        Assert.Equal("/opt/monitor/etc/oconf/from-master.cfg\n", (await Peer02.RunAsync("mon", "oconf", "files")).Expect(0).Output);
    }
}
