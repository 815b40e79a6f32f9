using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary><c>mon oconf push</c> on real hosts, typed at a terminal, and what comes of it.</summary>
public sealed class OconfPushTests : HostTest
{
    private const string Objects = "/opt/monitor/etc/objects.cfg";

    [Fact]
    public async Task Push_ServersThatHaveNothingInCommon_AllWorkByThisOnes()
    {
        await PrepareAsync();
        (await Peer02.ShellAsync($"sed -i 's/host_name two/host_name other/; s/one,two/one,other/' {Objects}")).Expect(0);
        (await Peer03.ShellAsync($"rm {Objects} /opt/monitor/etc/naemon.cfg")).Expect(0);
        await StartAsync(Peer01, Peer02);
        var before = Peer02.Read(Objects);

        var push = (await Terminal.TypeAsync("mon oconf push")).Expect(0);

        Says("peer02: works by this configuration", push);
        Says("peer03: works by this configuration", push);
        Assert.Equal(Peer01.Read(Objects), Peer02.Read(Objects));
        await AreActiveAsync();
        var versions = (await Peer02.RunAsync("mon", "oconf", "versions")).Expect(0).Output;
        Assert.Contains("pushed by peer01", versions, StringComparison.Ordinal);
        (await Terminal.TypeAsync("mon oconf push")).Expect(0);
        Assert.Equal("monitor", (await Peer02.RunAsync("stat", "-c", "%U", Objects)).Expect(0).Output.Trim());
        Assert.NotEqual(before, Peer02.Read(Objects));
    }

    /// <summary>A site on every host, which knows the others, may log in there, and has their links' keys.</summary>
    private async Task PrepareAsync()
    {
        await KnowEachOtherAsync();
        await Task.WhenAll(Network.Hosts.Select(host => host.ConfigureAsync()));
        (await Peer01.RunAsync("mon", "sshkey", "push", "--all")).Expect(0);
        (await Peer01.RunAsync("mon", "sshkey", "fetch", "--all")).Expect(0);
    }

    private static async Task StartAsync(params IEnumerable<Host> hosts) =>
        await Task.WhenAll(hosts.Select(async host => (await host.RunAsync("mon", "start")).Expect(0)));

    private async Task AreActiveAsync() => await Eventually.HoldsAsync(
        "the configuration was pushed",
        "all nodes are active",
        Limits.Start,
        async () => (await Peer01.RunAsync("mon", "node", "status")) is { ExitCode: 0 } ? null : "not yet");
}
