using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Hosts;

namespace Compeer.EndToEnd.Sites;

/// <summary>
/// The configuration is edited at any peer, and the others run it by themselves; meanwhile nothing is left unchecked and
/// nothing is checked by two.
/// </summary>
public sealed class EditTests : PeersTest
{
    /// <summary>An edit at one peer runs on all.</summary>
    private static readonly TimeSpan Travel = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Edits_AtEachPeerAtTwoAtOnceWithAnErrorWithAPeerAwayAndANewOne_RunOnAllWithoutAGap()
    {
        await MakePeersAsync(Peer01, Peer02);
        var from = TracedPlugin.Now;

        // At each in turn, by both commands.
        foreach ((var host, var command) in ((Host, string)[])[(Peer01, "restart"), (Peer02, "reload"), (Peer02, "restart")])
        {
            var line = $"# {command} at {host.Name}";
            await AppendAsync(host, "h01.cfg", line);
            (await host.RunAsync("mon", command)).Expect(0);
            await HaveAsync($"an edit, {command} at {host.Name}", Travel, FileOf("h01.cfg"), line, Peer01, Peer02);
            await ShareAsync($"an edit, {command} at {host.Name}", Peer01, Peer02);
        }

        await WithAnErrorAsync();
        await AtTwoAtOnceAsync();

        // With a peer away, which the other does without.
        (await Peer01.RunAsync("mon", "stop")).Expect(0);
        await AppendAsync(Peer02, "h02.cfg", "# made while peer01 was away");
        (await Peer02.RunAsync("mon", "reload")).Expect(0);
        (await Peer01.RunAsync("mon", "start")).Expect(0);
        await HaveAsync("back again", Limits.Agreement, FileOf("h02.cfg"), "# made while peer01 was away", Peer01);
        await ShareAsync("back again", Peer01, Peer02);
        await Site.HasGoneRoundAsync("back again");
        AssertCheckedByOne(from, TracedPlugin.Now, Planned, Peer01, Peer02);

        await WithANewOneAsync();
    }

    private async Task WithAnErrorAsync()
    {
        var before = await VersionsAsync(Peer01);
        await AppendAsync(Peer02, "h03.cfg", "define host {\n  host_name broken\n  use nothing-of-this-name\n}");
        foreach (var command in (string[])["restart", "reload"])
        {
            var refused = (await Peer02.RunAsync("mon", command)).Expect(1);
            Assert.Contains(FileOf("h03.cfg"), refused.Error, StringComparison.Ordinal);
            Assert.Contains("nothing-of-this-name", refused.Error, StringComparison.Ordinal);
        }

        var here = (await Peer02.RunAsync("mon", "node", "status")).Expect(1);
        Assert.Contains("the files here were not taken up", here.Output, StringComparison.Ordinal);
        (await Peer01.RunAsync("mon", "node", "status")).Expect(0);
        Assert.Equal(before, await VersionsAsync(Peer01));
        (await Peer02.ShellAsync($"sed -i '/^define host {{$/,$d' {FileOf("h03.cfg")}; cp {FileOf("h04.cfg")} {FileOf("h03.cfg")}; "
            + $"sed -i 's/h04/h03/' {FileOf("h03.cfg")}; echo '# mended' >>{FileOf("h03.cfg")}")).Expect(0);
        (await Peer02.RunAsync("mon", "restart")).Expect(0);
        await HaveAsync("mended", Travel, FileOf("h03.cfg"), "# mended", Peer01);
        await ShareAsync("mended", Peer01, Peer02);
    }

    private async Task AtTwoAtOnceAsync()
    {
        await AppendAsync(Peer01, "h05.cfg", "# made at peer01");
        await AppendAsync(Peer02, "h05.cfg", "# made at peer02");
        foreach (var answer in await Task.WhenAll(Peer01.RunAsync("mon", "restart"), Peer02.RunAsync("mon", "restart")))
        {
            answer.Expect(0);
        }

        await Eventually.HoldsAsync(
            "edited at two at once",
            "both have the same file",
            Limits.Moment,
            () => Peer01.Read(FileOf("h05.cfg")) == Peer02.Read(FileOf("h05.cfg")) ? null : "they have not");
        await ShareAsync("edited at two at once", Peer01, Peer02);
        var loser = Peer01.Read(FileOf("h05.cfg")).Contains("# made at peer01\n", StringComparison.Ordinal) ? Peer02 : Peer01;
        var kept = await Task.WhenAll((await VersionsAsync(loser)).Where(line => line.StartsWith(' '))
            .Select(line => loser.RunAsync("mon", "oconf", "diff", line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])));
        Assert.Contains(kept, difference => difference.Expect(0).Output.Contains($"# made at {loser.Name}", StringComparison.Ordinal));
    }

    /// <summary>One that has nothing to monitor gets all by itself; one that has the package's sample does not mix with them.</summary>
    private async Task WithANewOneAsync()
    {
        await AcquaintAsync(Peer01, Peer03);
        await AcquaintAsync(Peer02, Peer03);
        await Eventually.HoldsAsync(
            "a new peer with the sample",
            "the others say that it is not one of them",
            Limits.Agreement,
            async () => await Peer01.RunAsync("mon", "node", "status") is var status
                && status.Output.Contains("was not made from the same", StringComparison.Ordinal) ? null : status.ToString());
        Assert.True(File.Exists(Peer03.File("/opt/monitor/etc/objects/localhost.cfg")));
        Assert.False(Directory.Exists(Peer03.File("/opt/monitor/etc/objects/site")));

        var from = TracedPlugin.Now;
        (await Peer03.ShellAsync("mon stop && rm -r /opt/monitor/etc/objects/* /opt/monitor/var/* && mon start")).Expect(0);
        await ShareAsync("a new and empty peer", Peer01, Peer02, Peer03);
        await AppendAsync(Peer03, "h06.cfg", "# made at the new one");
        (await Peer03.RunAsync("mon", "reload")).Expect(0);
        await HaveAsync("edited at the new one", Travel, FileOf("h06.cfg"), "# made at the new one", Peer01, Peer02);
        await ShareAsync("edited at the new one", Peer01, Peer02, Peer03);
        await Site.HasGoneRoundAsync("edited at the new one");
        AssertCheckedByOne(from, TracedPlugin.Now, Planned, Peer01, Peer02, Peer03);
    }

    private static Task AppendAsync(Host host, string file, string text) => File.AppendAllTextAsync(host.File(FileOf(file)), text + "\n");

    private static async Task<string[]> VersionsAsync(Host host) =>
        (await host.RunAsync("mon", "oconf", "versions")).Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
