namespace Compeer.EndToEnd.Hosts;

/// <summary>The paths of <c>sync</c> blocks, as <c>mon oconf push</c> brings them.</summary>
public sealed class OconfExtrasTests : OconfTest
{
    [Fact]
    public async Task Extras_FilesAndFolders_ArriveAsTheyAreAndWhatGoesIsKept()
    {
        await PrepareAsync();
        (await Peer01.ShellAsync(
            """
            mkdir -p /opt/plugins/custom/sub
            cd /opt/plugins/custom
            echo check >check_it; chmod 755 check_it; chown monitor check_it; touch -d 2020-02-02 check_it
            ln -s check_it also; echo deep >sub/deep
            echo secret >/opt/monitor/etc/htpasswd.users; chmod 640 /opt/monitor/etc/htpasswd.users
            mkdir /etc/blocked.d
            """)).Expect(0);
        (await Peer02.ShellAsync(
            """
            mkdir -p /opt/plugins/custom /etc/blocked
            echo old >/opt/plugins/custom/check_it; echo gone >/opt/plugins/custom/gone
            echo file >/etc/blocked/blocked.d
            """)).Expect(0);
        await SetAsync(
            "peer02",
            "sync {",
            "/opt/monitor/etc/htpasswd.users /opt/monitor/etc/htpasswd.users",
            "/opt/plugins/custom/",
            "/etc/blocked.d = /etc/blocked/",
            "}");

        var push = (await Terminal.TypeAsync("mon oconf push --push=extras peer02")).Expect(1);

        Says("peer02: /etc/blocked.d: /etc/blocked/blocked.d is a file where it goes\n", push);
        Says("peer02: /opt/monitor/etc/htpasswd.users: 1 added\n", push);
        Says("peer02: /opt/plugins/custom/: ", push);
        Says("mon oconf push: failed on peer02\n", push);
        var there = (await Peer02.ShellAsync(
            "cd /opt/plugins/custom; stat -c '%n %U %a %Y' check_it; readlink also; cat sub/deep; ls -A | sort | tr '\\n' ' '")).Expect(0);
        Assert.Equal("check_it monitor 755 1580601600\ncheck_it\ndeep\nalso check_it sub ", there.Output);
        Assert.Equal("640\n", (await Peer02.RunAsync("stat", "-c", "%a", "/opt/monitor/etc/htpasswd.users")).Expect(0).Output);
        var kept = (await Peer02.ShellAsync("cd /opt/monitor/backup/*/opt/plugins/custom; cat check_it gone")).Expect(0);
        Assert.Equal("old\ngone\n", kept.Output);

        (await Peer02.RunAsync("rm", "/etc/blocked/blocked.d")).Expect(0);
        var again = (await Terminal.TypeAsync("mon oconf push --push=extras peer02")).Expect(0);
        Says("peer02: /opt/plugins/custom/: the same already\n", again);
        Assert.True(Directory.Exists(Peer02.File("/etc/blocked/blocked.d")));
    }

    [Fact]
    public async Task Extras_AsTheUserOfTheDaemon_WhatItMayNotWriteIsAnErrorForThatPathAlone()
    {
        await PrepareAsync();
        (await Peer01.ShellAsync("echo a >/etc/only-root; echo b >/opt/monitor/etc/mine")).Expect(0);
        (await Peer02.ShellAsync("ln -s /etc /opt/monitor/etc/out; chown -h monitor /opt/monitor/etc/out")).Expect(0);
        await SetAsync("peer02", "sync {", "/etc/only-root", "/opt/monitor/etc/mine", "}");

        var push = (await Terminal.TypeAsync("su monitor -c 'mon oconf push --push=extras peer02'")).Expect(1);

        Says("peer02: /opt/monitor/etc/mine: 1 added\n", push);
        Says("peer02: /etc/only-root: ", push);
        Says("Permission denied", push);
        Assert.False(File.Exists(Peer02.File("/etc/only-root")));

        // What the daemon's user laid there must not lead root anywhere.
        (await Peer01.ShellAsync($"sed -i 's|^/etc/only-root$|/etc/only-root = /opt/monitor/etc/out/only-root|' {Merlin}")).Expect(0);
        var led = (await Terminal.TypeAsync("mon oconf push --push=extras peer02")).Expect(1);
        Says("leads out, through the link /opt/monitor/etc/out", led);
        Assert.False(File.Exists(Peer02.File("/etc/only-root")));
    }
}
