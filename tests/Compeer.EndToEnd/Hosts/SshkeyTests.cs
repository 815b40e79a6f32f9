using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary><c>mon sshkey push</c> and <c>fetch</c> on real hosts, typed at a terminal, and what comes of them.</summary>
public sealed class SshkeyTests : HostTest
{
    private const string Batch = "ssh -o BatchMode=yes";

    [Fact]
    public async Task SetUp_AsTheSpecificationHasIt_EveryKeyIsInPlaceAndTheLinkIsUp()
    {
        await TypeAsync("mon node add peer02 type=peer");
        var push = await TypeAsync("mon sshkey push --all");
        Says("yes/no", push);
        Assert.Equal(1, CountOf("password:", push.Shown));
        var fetch = await TypeAsync("mon sshkey fetch --all");
        Assert.DoesNotContain("password:", fetch.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("yes/no", fetch.Shown, StringComparison.Ordinal);
        var add = await TypeAsync("mon node ctrl peer02 -- mon node add peer01 type=peer");
        Says($"note: the link key of peer01 was given already ({await FingerprintAsync(Peer01)})", add);

        foreach ((var host, var other) in ((Host, Host)[])[(Peer01, Peer02), (Peer02, Peer01)])
        {
            Assert.StartsWith("ssh-ed25519 ", host.Read(Host.Home + "/.ssh/id_ed25519.pub"), StringComparison.Ordinal);
            var modes = (await host.ShellAsync(
                "stat -c '%U %a' ~/.ssh ~/.ssh/authorized_keys /opt/monitor/.ssh /opt/monitor/.ssh/authorized_keys "
                + "~/.ssh/id_ed25519 /opt/monitor/.ssh/id_ed25519")).Expect(0).Output;
            Assert.Equal("root 700\nroot 600\nmonitor 700\nmonitor 600\nroot 600\nmonitor 600\n", modes);
            Assert.Equal($"root@{other.Name}", await WhoAsync(host, $"{Batch} {other.Name}"));
            Assert.Equal($"monitor@{other.Name}", await WhoAsync(host, $"{Batch} monitor@{other.Name}"));
            Assert.Equal($"monitor@{other.Name}", await WhoAsync(host, $"runuser -u monitor -- {Batch} {other.Name}"));
            (await host.ShellAsync($"runuser -u monitor -- {Batch} root@{other.Name} true")).Expect(255);
            var shown = (await host.RunAsync("mon", "node", "show", other.Name)).Expect(0).Output;
            Assert.Contains($"\nKEY={await FingerprintAsync(other)}\n", shown, StringComparison.Ordinal);
        }

        await StartAsync(Peer01, Peer02);
        Says(await FingerprintAsync(Peer02), await TypeAsync("mon node status"));
        foreach (var everywhere in (string[])["--type=peer", "--self --all"])
        {
            Says("peer02: mond started", await TypeAsync($"mon node ctrl {everywhere} -- mon restart"));
            await TogetherAsync(Peer01, Peer02);
        }
    }

    [Fact]
    public async Task NewPeer_AsTheSpecificationHasIt_KnowsThoseItNeverSpokeTo()
    {
        await TypeAsync("mon node add peer02 type=peer");
        await TypeAsync("mon node add peer03 type=peer");
        await TypeAsync("mon sshkey push --all");
        await TypeAsync("mon sshkey fetch --all");
        await TypeAsync("mon node ctrl peer02 -- mon node add peer03 type=peer");
        await TypeAsync("mon node ctrl peer03 -- mon node add peer02 type=peer");
        await TypeAsync("mon node ctrl peer03 -- mon node add peer01 type=peer");
        await TypeAsync("mon node ctrl peer02 -- mon node add peer01 type=peer");

        await StartAsync(Peer01, Peer02, Peer03);
        var nested = await TypeAsync("mon node ctrl peer03 -- mon node ctrl peer01 -- hostname");
        Assert.EndsWith("\npeer01\n", nested.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_WhatIsThere_StaysAndIsUsed()
    {
        const string Foreign = "# by hand\nfrom=\"10.1.2.3\",no-pty ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ== boss\nä ssh-rsa";
        (await Peer01.ShellAsync("mkdir -m 700 -p ~/.ssh && ssh-keygen -q -t rsa -b 2048 -N '' -f ~/.ssh/id_rsa")).Expect(0);
        (await Peer02.ShellAsync("mkdir -m 777 ~/.ssh; chmod 777 ~/.ssh; install -m 666 /dev/null ~/.ssh/authorized_keys")).Expect(0);
        await File.WriteAllTextAsync(Peer02.File(Host.Home + "/.ssh/authorized_keys"), Foreign);

        await TypeAsync("mon sshkey push peer02");

        Assert.False(File.Exists(Peer01.File(Host.Home + "/.ssh/id_ed25519")));
        Assert.Equal(Foreign + "\n" + Peer01.Read(Host.Home + "/.ssh/id_rsa.pub"), Peer02.Read(Host.Home + "/.ssh/authorized_keys"));
        Assert.Equal("root@peer02", await WhoAsync(Peer01, $"{Batch} peer02"));
        await TypeAsync("mon sshkey fetch peer02");
        var before = await StateAsync();

        // A step typed twice.
        foreach (var step in (string[])["push", "fetch", "fetch", "push"])
        {
            var again = await TypeAsync($"mon sshkey {step} peer02");
            Assert.DoesNotContain("password:", again.Shown, StringComparison.Ordinal);
        }

        Assert.Equal(before, await StateAsync());
        Assert.Single(Peer01.Read(Host.Home + "/.ssh/authorized_keys").Split('\n', StringSplitOptions.RemoveEmptyEntries));

        async Task<string> StateAsync() => (await Peer02.ShellAsync(
            "cd / && sha256sum root/.ssh/[!k]* opt/monitor/.ssh/authorized_keys opt/monitor/op5/merlin/keys/*")).Output;
    }

    [Fact]
    public async Task Push_KilledAtAnyMoment_IsDoneByDoingItAgain()
    {
        await TypeAsync("mon node add peer02 type=peer");
        await TypeAsync("mon sshkey push --all");
        foreach (var milliseconds in (int[])[100, 200, 300, 400, 500, 600, 700, 900])
        {
            await Peer02.ShellAsync("rm -rf /opt/monitor/.ssh /opt/monitor/op5/merlin/keys ~/.ssh/id_*");
            await Peer01.ShellAsync($"rm -rf /opt/monitor/.ssh; timeout -s KILL {milliseconds / 1000.0:0.0} mon sshkey fetch --all");
        }

        var push = await TypeAsync("mon sshkey push --all");
        Assert.DoesNotContain("password:", push.Shown, StringComparison.Ordinal);
        await TypeAsync("mon sshkey fetch --all");
        await TypeAsync("mon node ctrl peer02 -- mon node add peer01 type=peer");
        Assert.Equal("monitor@peer02", await WhoAsync(Peer01, $"runuser -u monitor -- {Batch} peer02"));
        Assert.Equal("root@peer01", await WhoAsync(Peer02, $"{Batch} peer01"));
        foreach (var host in (Host[])[Peer01, Peer02])
        {
            var lines = host.Read(Host.Home + "/.ssh/authorized_keys").Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(lines.Distinct(), lines);
            Assert.Single(Directory.EnumerateFileSystemEntries(host.File("/opt/monitor/op5/merlin/keys")));
        }
    }

    [Fact]
    public async Task Steps_InAnotherOrder_DoNoHarmAndSayWhereThingsStand()
    {
        var early = await Terminal.TypeAsync("mon node ctrl peer02 -- mon node add peer01 type=peer");
        Assert.Contains("on which nodes? \"peer02\" is not a configured node", early.Expect(2).Shown, StringComparison.Ordinal);
        Says("which nodes? Name some, or say --all", (await Terminal.TypeAsync("mon sshkey push")).Expect(2));
        Says("no such node is configured", (await Terminal.TypeAsync("mon sshkey push --all")).Expect(2));
        var there = (await Peer02.RunAsync("mon", "node", "add", "peer01", "type=peer")).Expect(0);
        Assert.Contains("\"mon sshkey push peer01\" brings it", there.Error, StringComparison.Ordinal);

        await TypeAsync("mon sshkey push peer02");
        var add = await TypeAsync("mon node add peer02 type=peer");

        Assert.Contains($"was given already ({await FingerprintAsync(Peer02)})", add.Shown, StringComparison.Ordinal);
        Says("already configured", (await Terminal.TypeAsync("mon node add peer02 type=peer")).Expect(1));
        await StartAsync(Peer01, Peer02);
    }

    [Fact]
    public async Task Push_NodeByAnotherName_IsKnownByItsAddress()
    {
        await TypeAsync("mon node add east type=peer address=peer02");
        (await Peer02.RunAsync("mon", "node", "add", "west", "type=peer", "address=10.77.0.1")).Expect(0);

        await TypeAsync("mon sshkey push --all");

        await StartAsync(Peer01, Peer02);
    }

    [Fact]
    public async Task Push_OfThreeOneDoesNotAnswerAndOneRefuses_DoesTheOtherInBoundedTime()
    {
        await TypeAsync("mon node add peer02 type=peer");
        await TypeAsync("mon node add peer03 type=peer");
        await TypeAsync("mon node add peer01b type=peer address=10.77.0.99 oconf_ssh_port=23");
        await Network.CutAsync(Peer02);

        var push = (await Terminal.TypeAsync("mon sshkey push --all")).Expect(1);

        Assert.Matches(
            "ssh: connect to host peer02 port 22: (Connection timed out|No route to host)\npeer02: not reached; nothing was done there\n",
            push.Shown);
        Says("\npeer01b: not reached; nothing was done there\n", push);
        Assert.InRange(push.Duration.TotalSeconds, 0, 60);
        Assert.Equal("root@peer03", await WhoAsync(Peer01, $"{Batch} peer03"));
        await Network.HealAsync(Peer02);

        (await Peer02.ShellAsync("kill $(cat /run/sshd.pid)")).Expect(0);
        var refused = (await Terminal.TypeAsync("mon sshkey push peer02")).Expect(1);
        Says("ssh: connect to host peer02 port 22: Connection refused\npeer02: not reached; nothing was done there\n", refused);
        (await Peer02.ShellAsync("/usr/sbin/sshd && mv /usr/bin/mon /usr/bin/no-mon")).Expect(0);
        var absent = (await Terminal.TypeAsync("mon sshkey push peer02")).Expect(1);
        Says("peer02: there is no mon on that machine; install the package there first", absent);
        (await Terminal.TypeAsync("mon sshkey push peer02", "wrong")).Expect(1);
        (await Terminal.TypeAsync("mon sshkey push peer02", password: null)).Expect(130);
    }

    [Fact]
    public async Task Push_KeysThatChanged_AreRefusedUntilSomebodyDecides()
    {
        await TypeAsync("mon node add peer02 type=peer");
        await TypeAsync("mon sshkey push --all");
        var old = await FingerprintAsync(Peer02);
        (await Peer02.ShellAsync("rm /opt/monitor/op5/merlin/node.key")).Expect(0);

        var changed = (await Terminal.TypeAsync("mon sshkey push --all")).Expect(1);
        var now = await FingerprintAsync(Peer02);
        Says($"peer01: the link key of peer02 has changed: it was {old}, now {now} was given; the old one stays.", changed);
        Says($"\nKEY={old}\n", await TypeAsync("mon node show peer02"));

        await TypeAsync("mon sshkey push --all --replace");
        Says($"\nKEY={await FingerprintAsync(Peer02)}\n", await TypeAsync("mon node show peer02"));
        await TypeAsync("mon sshkey push --all");

        (await Peer02.ShellAsync(
            "rm /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key; "
            + "kill $(cat /run/sshd.pid); /usr/sbin/sshd")).Expect(0);
        var host = (await Terminal.TypeAsync("mon sshkey push --all")).Expect(1);
        Says("REMOTE HOST IDENTIFICATION HAS CHANGED", host);
        Assert.DoesNotContain("password:", host.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sshkey_OneKeyOneFileAndOneUser_TouchesNothingElse()
    {
        await TypeAsync("mon node add peer02 type=peer");
        (await Peer01.ShellAsync("ssh-keygen -q -t ed25519 -N '' -C special -f ~/special")).Expect(0);

        await TypeAsync("mon sshkey push --key=$HOME/special.pub peer02");
        Assert.Equal(Peer01.Read(Host.Home + "/special.pub"), Peer02.Read(Host.Home + "/.ssh/authorized_keys"));
        Assert.False(File.Exists(Peer01.File(Host.Home + "/.ssh/id_ed25519")));

        await TypeAsync("mon sshkey fetch --outfile=$HOME/fetched peer02");
        Assert.Equal(
            Peer02.Read(Host.Home + "/.ssh/id_ed25519.pub") + Peer02.Read("/opt/monitor/.ssh/id_ed25519.pub"),
            Peer01.Read(Host.Home + "/fetched"));
        Assert.False(File.Exists(Peer01.File(Host.Home + "/.ssh/authorized_keys")));

        await TypeAsync("mon sshkey push peer02");
        var before = Peer02.Read(Host.Home + "/.ssh/authorized_keys");
        (await Peer01.ShellAsync("rm /opt/monitor/.ssh/id_ed25519.pub")).Expect(0);
        (await Peer01.RunAsync("runuser", "-u", "monitor", "--", "mon", "sshkey", "push", "--all")).Expect(0);
        (await Peer01.RunAsync("runuser", "-u", "monitor", "--", "mon", "sshkey", "fetch", "--all")).Expect(0);
        Assert.Equal(before, Peer02.Read(Host.Home + "/.ssh/authorized_keys"));
        Assert.Equal("monitor@peer01", await WhoAsync(Peer02, $"runuser -u monitor -- {Batch} peer01"));
        Assert.False(File.Exists(Peer01.File(Host.Home + "/.ssh/authorized_keys")));
    }

    private async Task<TypedResult> TypeAsync(string line) => (await Terminal.TypeAsync(line)).Expect(0);

    private static async Task<string> WhoAsync(Host host, string ssh) =>
        (await host.ShellAsync($"{ssh} 'echo $(id -un)@$(hostname)'")).Expect(0).Output.Trim();

    private static async Task<string> FingerprintAsync(Host host) => (await host.ShellAsync(
        "mon node key | openssl pkey -pubin -outform DER | sha256sum | cut -c 1-32")).Expect(0).Output.Trim();

    private static int CountOf(string text, string shown) => shown.Split(text).Length - 1;

    /// <summary>Starts the daemons of hosts that know each other, and waits until they work together.</summary>
    private static async Task StartAsync(params Host[] hosts)
    {
        foreach (var host in hosts)
        {
            await host.ConfigureAsync();
            (await host.RunAsync("mon", "start")).Expect(0);
        }

        await TogetherAsync(hosts);
    }

    private static async Task TogetherAsync(params Host[] hosts)
    {
        foreach (var host in hosts)
        {
            await Eventually.HoldsAsync(
                "the daemons were started",
                $"{host.Name} has encrypted links to all others",
                Limits.Agreement,
                async () =>
                {
                    var status = await host.RunAsync("mon", "node", "status");
                    return status.ExitCode == 0 && CountOf("(ENCRYPTED)", status.Output) == hosts.Length - 1 ? null : status.ToString();
                });
        }
    }
}
