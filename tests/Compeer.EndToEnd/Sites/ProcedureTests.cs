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
}
