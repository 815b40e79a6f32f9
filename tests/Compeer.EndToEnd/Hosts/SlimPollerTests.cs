using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary>A poller that comes and goes by itself: peer01 and peer02 are masters that let root of peer03 in, which is the container.
/// </summary>
public sealed class SlimPollerTests : OconfTest
{
    private const string Words =
        "POLLER_NAME=box POLLER_ADDRESS=10.77.0.3 POLLER_HOSTGROUPS=gbg MASTER_NAME=m1 MASTER_ADDRESS=peer01 FILES_TO_SYNC=/etc/extra ";

    private const string Key = "/opt/monitor/op5/merlin/node.key";

    [Fact]
    public async Task Join_ThenLeave_BothMastersHaveItWhileItIsThere()
    {
        await PrepareMastersAsync();
        var lost = (await Peer03.ShellAsync($"{Words} POLLER_HOSTGROUPS=nowhere mon slim-poller join")).Expect(1);
        Assert.Equal("mon slim-poller join: there is no host group nowhere\n", lost.Error);
        Assert.Equal("peer02\n", (await Peer01.ShellAsync("mon node list | tr -d ' '")).Expect(0).Output);

        var join = (await Peer03.ShellAsync($"{Words} mon slim-poller join && mon start")).Expect(0);

        Assert.Contains(
            "added poller box\npeer02: added poller box\nadded master m1\nadded master peer02\n", join.Output, StringComparison.Ordinal);
        Assert.Equal("extra\n", Peer03.Read("/etc/extra"));
        Assert.Equal("/opt/monitor/etc/oconf/from-master.cfg\n", (await Peer03.RunAsync("mon", "oconf", "files")).Expect(0).Output);
        await IsActiveAsync("the poller joined");
        foreach (var master in (Host[])[Peer01, Peer02])
        {
            var shown = (await master.RunAsync("mon", "node", "show", "box")).Expect(0).Output;
            Assert.Contains("\nADDRESS=10.77.0.3\n", shown, StringComparison.Ordinal);
            Assert.Contains("\nUUID=" + await UuidAsync(), shown, StringComparison.Ordinal);
        }

        // The container is made anew with its id and without its key.
        (await Peer03.ShellAsync($"mon stop && rm {Key} && {Words} mon slim-poller join && mon start")).Expect(0);
        await IsActiveAsync("the poller came back with another key");

        var leave = (await Peer03.ShellAsync($"mon stop && {Words} mon slim-poller leave")).Expect(0);
        Assert.EndsWith("removed poller box\npeer02: removed poller box\n", leave.Output, StringComparison.Ordinal);
        Assert.Equal("", (await Peer03.RunAsync("mon", "node", "list")).Expect(0).Output);
        foreach ((var master, var other) in ((Host, string)[])[(Peer01, "peer02"), (Peer02, "peer01")])
        {
            Assert.Equal(other, (await master.RunAsync("mon", "node", "list")).Expect(0).Output.Trim());
            Assert.False(File.Exists(master.File("/opt/monitor/op5/merlin/keys/box.pem")));
        }
    }

    [Fact]
    public async Task Uuid_OfAnother_IsRefusedByTheMastersAndSaid()
    {
        await PrepareMastersAsync();
        (await Peer03.ShellAsync($"{Words} mon slim-poller join && mon start")).Expect(0);
        await IsActiveAsync("the poller joined");
        var own = await UuidAsync();

        (await Peer03.ShellAsync($"sed -i 's/^ipc_uuid.*/ipc_uuid = 0d3b2f1a-7c44-4f0e-9a51-6a2c30b7b001/' {Merlin}")).Expect(0);
        await Eventually.HoldsAsync(
            "the poller says another uuid",
            "the masters refuse it",
            Limits.Agreement,
            async () => await Peer01.RunAsync("mon", "node", "status") is var status && status.Output.Contains(
                $"its uuid is 0d3b2f1a-7c44-4f0e-9a51-6a2c30b7b001, here it is configured with {own}", StringComparison.Ordinal)
                ? null : status.ToString());

        (await Peer03.ShellAsync($"sed -i 's/^ipc_uuid.*/ipc_uuid = {own}/' {Merlin}")).Expect(0);
        await IsActiveAsync("the poller says its own uuid again");
    }

    /// <summary>Joining again, as mond's user, which is let in at the master, too.</summary>
    [Fact]
    public async Task ClusterUpdate_AnotherPollerJoins_TheFirstKnowsItByItself()
    {
        await PrepareMastersAsync();
        (await Peer01.ShellAsync("mon node remove peer02 && rm /opt/monitor/op5/merlin/keys/peer02.pem")).Expect(0);
        (await Peer02.ShellAsync("mon stop && mon node remove peer01 && rm -r /opt/monitor/op5/merlin/keys")).Expect(0);
        (await Peer03.ShellAsync(
            $$"""
            set -e
            cp -r ~/.ssh /opt/monitor/.ssh
            chown -R monitor: /opt/monitor/.ssh
            {{Words}} mon slim-poller join
            printf 'module {\n  cluster_update = env {{Words}} mon slim-poller join\n}\n' >>{{Merlin}}
            mon start
            """)).Expect(0);

        (await Peer02.ShellAsync($"{Words} POLLER_NAME=box2 POLLER_ADDRESS=10.77.0.2 mon slim-poller join && mon start")).Expect(0);

        await IsActiveAsync("a second poller joined");
        Assert.Contains("box2", (await Peer03.RunAsync("mon", "node", "list", "--type=peer")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains(": running cluster_update\n", Peer03.Read("/opt/monitor/var/naemon.log"), StringComparison.Ordinal);
    }

    private async Task<string> UuidAsync() =>
        (await Peer03.ShellAsync($"sed -n 's/^ipc_uuid = //p' {Merlin}")).Expect(0).Output.Trim();

    /// <summary>Two masters that work, with host two in group gbg and a file for the poller.</summary>
    private async Task PrepareMastersAsync()
    {
        await PrepareAsync();
        (await Peer01.ShellAsync("mon node remove peer03 && mon node ctrl peer02 -- mon node remove peer03")).Expect(0);
        (await Peer03.ShellAsync("mon node remove peer01 peer02; rm -r /opt/monitor/op5/merlin/keys")).Expect(0);
        (await Peer01.ShellAsync(
            $$"""
            set -e
            printf 'define hostgroup {\n  hostgroup_name gbg\n  members two\n}\n' >>{{Objects}}
            rm /opt/monitor/op5/merlin/keys/peer03.pem
            ssh peer02 "cat >{{Objects}}" <{{Objects}}
            echo extra >/etc/extra
            """)).Expect(0);
        await StartAsync(Peer01, Peer02);
        await AreActiveAsync();
    }

    private async Task IsActiveAsync(string since)
    {
        foreach (var host in Network.Hosts)
        {
            await Eventually.HoldsAsync(
                since,
                $"{host.Name} has links to both others",
                Limits.Start,
                async () => await host.RunAsync("mon", "node", "status") is { ExitCode: not 0 } status ? status.ToString() : null);
        }
    }
}
