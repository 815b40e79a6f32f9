using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Sites;

/// <summary>
/// The procedures of the specification, typed as they stand there, by root at peer01: hosts that have the package, sshd and each
/// other's names, and nothing else prepared. peer01 has a site to monitor, the others have the package's sample.
/// </summary>
public sealed class ProcedureTests : SiteTest
{
    [Fact]
    public async Task SetUpAddAndRemove_AsTheyStandInTheSpecification_EndWithTheSiteSharedByThoseThatBelong()
    {
        await RecordedSite.WriteAsync(Peer01);
        await TypeAsync("mon restart");
        await ShareAsync("before any procedure", Peer01);
        await Site.HasGoneRoundAsync("before any procedure");
        var from = TracedPlugin.Now;

        // To setup a load balanced monitoring solution
        await TypeAsync("mon node add peer02 type=peer");
        var push = await TypeAsync("mon sshkey push --all");
        Says("root@peer02's password:", push);
        await TypeAsync("mon sshkey fetch --all");
        await TypeAsync("mon node ctrl peer02 -- mon node add peer01 type=peer");
        await TypeAsync("mon oconf push");
        await TypeAsync("mon node ctrl --self -- mon restart; sleep 3; mon oconf push");
        await ShareAsync("set up", Peer01, Peer02);

        // To add a new peer
        await TypeAsync("mon node add peer03 type=peer");
        await TypeAsync("mon sshkey push --all");
        await TypeAsync("mon sshkey fetch --all");
        await TypeAsync("mon node ctrl peer02 -- mon node add peer03 type=peer");
        await TypeAsync("mon node ctrl peer03 -- mon node add peer02 type=peer");
        await TypeAsync("mon node ctrl peer03 -- mon node add peer01 type=peer");
        await TypeAsync("mon oconf push");
        await TypeAsync("mon node ctrl --self -- mon restart ; sleep 3 ; mon oconf push");
        await ShareAsync("a peer added", Peer01, Peer02, Peer03);
        await Site.HasGoneRoundAsync("a peer added");
        AssertCheckedByOne(from, TracedPlugin.Now, Planned, Peer01, Peer02, Peer03);

        // To remove a peer
        from = TracedPlugin.Now;
        await TypeAsync("mon node ctrl peer02 -- mon node remove peer01");
        await TypeAsync("mon node ctrl peer02 -- mon node remove peer03");
        await TypeAsync("mon node ctrl peer02 -- mon restart");
        var remove = await TypeAsync("mon node ctrl --type=peer -- mon node remove peer02");
        Says("peer03: Successfully removed peer node 'peer02'", remove);
        await TypeAsync("mon node ctrl --type=peer -- mon restart");
        await TypeAsync("mon node remove peer02");
        await TypeAsync("mon node ctrl -- mon restart");
        await ShareAsync("a peer removed", Peer01, Peer03);
        await ShareAsync("the peer that was removed", Peer02);
        await Site.HasGoneRoundAsync("a peer removed", Peer01, Peer03);
        AssertCheckedByOne(from, TracedPlugin.Now, Planned, Peer01, Peer03);
        await Site.HasGoneRoundAsync("the peer that was removed", Peer02);
    }

    [Fact]
    public async Task Steps_TwiceInAnotherOrderAndInterrupted_DoNoHarmAndEndTheSame()
    {
        await RecordedSite.WriteAsync(Peer01);
        await TypeAsync("mon restart");
        Says("no peer or poller is configured", (await Terminal.TypeAsync("mon oconf push")).Expect(1));
        Says("on which nodes?", (await Terminal.TypeAsync("mon node ctrl peer02 -- mon node add peer01 type=peer")).Expect(2));
        await TypeAsync("mon node add peer02 type=peer");
        Says("already configured", (await Terminal.TypeAsync("mon node add peer02 type=peer")).Expect(1));

        // Somebody who does not know the password, and one who does.
        (await Terminal.TypeAsync("mon sshkey push --all", password: null)).Expect(130);
        await TypeAsync("mon sshkey fetch --all");
        await TypeAsync("mon sshkey fetch --all");
        await TypeAsync("mon sshkey push --all");
        await TypeAsync("mon sshkey push --all");

        // Before peer02 knows this one; interrupted as soon as it has begun; and again.
        await Terminal.InterruptAsync("mon oconf push", "nothing changed", () => Task.CompletedTask);
        (await Peer02.RunAsync("mon", "oconf", "verify")).Expect(0);
        (await Peer02.RunAsync("mon", "status")).Expect(0);
        await TypeAsync("mon oconf push");
        await TypeAsync("mon oconf push");
        await TypeAsync("mon node ctrl peer02 -- mon node add peer01 type=peer");
        Says("already configured", (await Terminal.TypeAsync("mon node ctrl peer02 -- mon node add peer01 type=peer")).Expect(1));
        await TypeAsync("mon node ctrl --self -- mon restart; sleep 3; mon oconf push");
        await ShareAsync("set up in another order", Peer01, Peer02);
        await WithoutSshAsync();

        // The one from which others are removed first is alone; so is the other when it has the steps the wrong way round, and twice.
        await TypeAsync("mon node remove peer02");
        Says("peer02 is not a configured node", (await Terminal.TypeAsync("mon node remove peer02")).Expect(1));
        Says("on which nodes?", (await Terminal.TypeAsync("mon node ctrl peer02 -- mon node remove peer01")).Expect(2));
        await ShareAsync("removed here alone", Peer01);
        (await Peer02.RunAsync("mon", "node", "remove", "peer01")).Expect(0);
        await ShareAsync("removed there, too", Peer02);
    }

    /// <summary>Where no ssh answers a push says so, with the reason; what is edited comes over the link all the same.</summary>
    private async Task WithoutSshAsync()
    {
        const string Line = "# made while no ssh answered";
        (await Peer02.ShellAsync("kill $(cat /run/sshd.pid)")).Expect(0);
        await File.AppendAllTextAsync(Peer01.File(FileOf("h01.cfg")), Line + "\n");
        var push = (await Terminal.TypeAsync("mon oconf push")).Expect(1);
        Says("peer02", push);
        Says("Connection refused", push);

        await TypeAsync("mon restart");
        await HaveAsync("no ssh answers", Limits.Agreement, FileOf("h01.cfg"), Line, Peer02);
        await ShareAsync("no ssh answers", Peer01, Peer02);

        (await Peer02.ShellAsync("/usr/sbin/sshd")).Expect(0);
        await TypeAsync("mon oconf push");
        await ShareAsync("ssh answers again", Peer01, Peer02);
    }
}
