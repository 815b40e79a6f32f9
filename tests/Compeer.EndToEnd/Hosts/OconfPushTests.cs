using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary><c>mon oconf push</c> on real hosts, typed at a terminal, and what comes of it.</summary>
public sealed class OconfPushTests : OconfTest
{
    [Fact]
    public async Task Push_ServersThatHaveNothingInCommon_AllWorkByThisOnes()
    {
        await PrepareAsync();
        (await Peer03.ShellAsync($"rm {Objects} /opt/monitor/etc/naemon.cfg")).Expect(0);
        await StartAsync(Peer01, Peer02);
        var before = Peer02.Read(Objects);

        var push = (await Terminal.TypeAsync("mon oconf push")).Expect(0);

        Says("peer02: works by this configuration: hosts: 1 added, 1 removed", push);
        Says("peer03: works by this configuration: mond did not run, and was started", push);
        Assert.Equal(Peer01.Read(Objects), Peer02.Read(Objects));
        Assert.Equal(Peer01.Read(Objects), Peer03.Read(Objects));
        Assert.Equal("monitor\n", (await Peer02.RunAsync("stat", "-c", "%U", Objects)).Expect(0).Output);
        await AreActiveAsync();
        Says("peer02: works by this configuration: nothing changed", (await Terminal.TypeAsync("mon oconf push")).Expect(0));

        // What was there can be brought back, as a change to what all of them have.
        var kept = (await Peer02.ShellAsync("mon oconf versions | grep 'there at the start'")).Expect(0).Output.Split(' ')
            .First(word => word.Length == 12 && word.All(char.IsAsciiHexDigit));
        (await Peer02.RunAsync("mon", "oconf", "restore", kept)).Expect(0);
        await Eventually.HoldsAsync(
            "what was there before was brought back at one",
            "all have it",
            Limits.Agreement,
            () => Peer01.Read(Objects) == before && Peer03.Read(Objects) == before ? null : "not yet");
    }

    [Fact]
    public async Task Push_DryRunOrBadHere_SendsNothing()
    {
        await PrepareAsync();
        await StartAsync(Peer01, Peer02);
        var before = Peer02.Read(Objects);
        (await Peer01.ShellAsync("echo 'interval_length=30' >>/opt/monitor/etc/naemon.cfg; echo x >/etc/extra")).Expect(0);
        await SetAsync("peer02", "sync {", "/etc/extra", "}");

        var dry = (await Terminal.TypeAsync("mon oconf push --dryrun peer02")).Expect(0);

        Assert.Equal(
            "peer02: would change objects.cfg\npeer02: would set interval_length=30\npeer02: would add /etc/extra\n", dry.Shown);
        Assert.False(File.Exists(Peer02.File("/etc/extra")));

        (await Peer01.ShellAsync($"sed -i 's/check_command fine/check_command none/' {Objects}")).Expect(0);
        foreach (var words in (string[])["push", "push --no-restart", "push --dryrun"])
        {
            var bad = (await Terminal.TypeAsync($"mon oconf {words}")).Expect(1);
            Says("none", bad);
            Says("nothing was sent", bad);
        }

        (await Peer01.ShellAsync("rm /etc/extra")).Expect(0);
        Says("/etc/extra does not exist, so that it cannot be sent to peer02", (await Terminal.TypeAsync("mon oconf push")).Expect(1));
        Assert.Equal(before, Peer02.Read(Objects));
    }

    [Fact]
    public async Task Push_NodeThatRefusesOrIsOffOrIsNotToBeConnected_IsNamedAndKeepsItsOwn()
    {
        await PrepareAsync();
        (await Peer02.ShellAsync(
            "cd /opt/monitor/etc; echo include_file=more.cfg >>naemon.cfg; echo interval_length=30 >more.cfg")).Expect(0);
        await StartAsync(Peer01, Peer02, Peer03);
        (var before, var main) = (Peer02.Read(Objects), Peer02.Read("/opt/monitor/etc/naemon.cfg"));
        (await Peer01.ShellAsync($"sed -i 's/host_name two/host_name three/; s/one,two/one,three/' {Objects}")).Expect(0);

        var refused = (await Terminal.TypeAsync("mon oconf push")).Expect(1);

        Says("peer02: ", refused);
        Says("'interval_length' differs and is set in /opt/monitor/etc/more.cfg", refused);
        Says("mon oconf push: failed on peer02\n", refused);
        Says("peer03: works by this configuration", refused);
        Assert.Equal((before, main), (Peer02.Read(Objects), Peer02.Read("/opt/monitor/etc/naemon.cfg")));
        Assert.Equal(Peer01.Read(Objects), Peer03.Read(Objects));

        await SetAsync("peer02", "connect = no");
        await Network.CutAsync(Peer03);
        (await Peer01.RunAsync("ip", "neighbour", "replace", "10.77.0.3", "lladdr", "02:00:00:00:00:03", "dev", "eth0")).Expect(0);
        var off = (await Terminal.TypeAsync("mon oconf push")).Expect(1);
        Says("peer02 is skipped: connect = no", off);
        Says("mon oconf push: failed on peer03\n", off);
        Assert.InRange(off.Duration.TotalSeconds, 5, 70);
        (await Terminal.TypeAsync("mon oconf push peer02")).Expect(3);
    }

    [Fact]
    public async Task Push_KilledWhileItSends_LeavesWhatWasThereAndIsDoneByTheNext()
    {
        await PrepareAsync();
        await StartAsync(Peer01, Peer02);
        var before = Peer02.Read(Objects);
        (await Peer02.ShellAsync(
            """
            printf '%s\n' '#!/bin/sh' 'touch /tmp/begun' 'while test -e /tmp/held; do sleep 0.1; done' 'exec /usr/bin/rsync "$@"' \
              >/usr/local/bin/rsync
            chmod 755 /usr/local/bin/rsync
            touch /tmp/held
            """)).Expect(0);

        var killed = await Terminal.TypeAsync(
            "mon oconf push peer02 & until ssh peer02 test -e /tmp/begun; do sleep 0.2; done; kill -9 $!; wait $!");

        Assert.Equal(137, killed.ExitCode);
        Assert.Equal(before, Peer02.Read(Objects));
        (await Peer02.RunAsync("rm", "/tmp/held")).Expect(0);
        Says("peer02: works by this configuration", (await Terminal.TypeAsync("mon oconf push peer02")).Expect(0));
        Assert.Equal(await HashAsync(Peer01), await HashAsync(Peer02));
    }

    [Fact]
    public async Task Push_AsTheUserOfTheDaemonAndWithoutRestart_PutsItInPlaceForTheNextReload()
    {
        await PrepareAsync();
        await StartAsync(Peer01, Peer02);

        var push = (await Terminal.TypeAsync("su monitor -c 'mon oconf push --no-restart peer02'")).Expect(0);

        Says("it is in place; the next 'mon reload' or 'mon restart' takes it up", push);
        Assert.Equal(await HashAsync(Peer01), await HashAsync(Peer02));
        Assert.Contains("hosts: 1 added, 1 removed", (await Peer02.RunAsync("mon", "reload")).Expect(0).Output, StringComparison.Ordinal);
        await SetAsync("peer03", "connect = no");
        await AreLinkedAsync();
        Says("peer02: works by this", (await Terminal.TypeAsync("su monitor -c 'mon oconf push peer02'")).Expect(0));
    }

    /// <summary>It was taken up as of the history of peer01, not as a change made there.</summary>
    private async Task AreLinkedAsync() => await Eventually.HoldsAsync(
        "the configuration was taken up",
        "peer01 and peer02 work together",
        Limits.Agreement,
        async () =>
        {
            var status = await Peer01.RunAsync("mon", "node", "status");
            return status.Output.Contains("peer02: ACTIVE", StringComparison.Ordinal) ? null : status.ToString();
        });
}
