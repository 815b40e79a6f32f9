using System.Security.Cryptography;

namespace Compeer.Tests.Cli;

/// <summary>The commands by which pollers in containers come and go: a master's end, and the poller's with an ssh that gives a recorded
/// answer. The end-to-end test of hosts has both with a real one.</summary>
public sealed class SlimPollerCommandsTests : IDisposable
{
    private const string Uuid = "0d3b2f1a-7c44-4f0e-9a51-6a2c30b7b001";
    private const string Below = "poller below {\n\thostgroup = b\n}\n";
    private const string OtherUuid = "0d3b2f1a-7c44-4f0e-9a51-6a2c30b7b002";

    private readonly CliHarness _mon = new() { Merlin = "# by hand\n" };
    private readonly ECDsa _own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public SlimPollerCommandsTests() => _mon.Mond.Output["--print-key"] = _own.ExportSubjectPublicKeyInfoPem().Split('\n');

    private string KeyOfBox => Path.Combine(_mon.Paths.MerlinFolder, "keys/box.pem");

    public void Dispose()
    {
        _mon.Dispose();
        _own.Dispose();
        _key.Dispose();
        _otherKey.Dispose();
    }

    [Fact]
    public async Task Register_NewPoller_HasItsBlockAndItsKey()
    {
        Assert.Equal(new CliRun(0, "added poller box\n", ""), await RegisterAsync());

        Assert.Equal(
            "# by hand\npoller box {\n\taddress = 192.0.2.7\n\tport = 15551\n\thostgroup = far,near\n\tconnect = no\n\tnotifies = no\n"
            + $"\tuuid = {Uuid}\n\tauto_delete = 300\n\ttakeover = no\n}}\n",
            _mon.Merlin);
        Assert.Contains(_key.ExportSubjectPublicKeyInfoPem(), await File.ReadAllTextAsync(KeyOfBox), StringComparison.Ordinal);
        Assert.Equal(new CliRun(0, "poller box is configured already\n", ""), await RegisterAsync());
    }

    [Fact]
    public async Task Register_SameUuid_IsTheSamePollerWhateverItsAddressAndKey()
    {
        await RegisterAsync();
        var (was, isNow) = (Fingerprint(_key), Fingerprint(_otherKey));

        Assert.Equal(
            new CliRun(0, $"replaced the link key of box: it was {was}, it is {isNow}\nchanged poller box\n", ""),
            await RegisterAsync(address: "192.0.2.8", key: _otherKey));

        Assert.Contains("\taddress = 192.0.2.8\n", _mon.Merlin, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.7", _mon.Merlin, StringComparison.Ordinal);
        Assert.Contains(_otherKey.ExportSubjectPublicKeyInfoPem(), await File.ReadAllTextAsync(KeyOfBox), StringComparison.Ordinal);
    }

    /// <summary>Only what the poller says of itself changes: the rest of its block may be somebody's work.</summary>
    [Fact]
    public async Task Register_AgainWithAnotherAddress_KeepsWhatPeopleMadeOfTheBlock()
    {
        await RegisterAsync();
        const string Theirs = "\t# Anna wants it\n\ttakeover = yes; data_timeout = 20\n\tsync {\n\t\t/srv/a\n\t}\n";
        _mon.Merlin = _mon.Merlin.Replace("\ttakeover = no\n", Theirs, StringComparison.Ordinal);
        var before = _mon.Merlin;

        Assert.Equal(new CliRun(0, "changed poller box\n", ""), await RegisterAsync(address: "192.0.2.8"));

        Assert.Contains(Theirs, before, StringComparison.Ordinal);
        Assert.Equal(before.Replace("192.0.2.7", "192.0.2.8", StringComparison.Ordinal), _mon.Merlin);
    }

    [Fact]
    public async Task Register_NameUuidOrKeyOfAnother_IsRefusedAndChangesNothing()
    {
        await RegisterAsync();
        var before = (_mon.Merlin, await File.ReadAllTextAsync(KeyOfBox));

        await RefusedAsync(
            "box is configured already, with another uuid; if it is gone, \"mon slim-poller deregister --poller-name=box\" makes room",
            RegisterAsync(uuid: OtherUuid, key: _otherKey));
        await RefusedAsync(
            $"the uuid {Uuid} is that of box; each node needs one of its own", RegisterAsync(name: "crate", key: _otherKey));
        await RefusedAsync(
            "the link key of crate is that of box; each node needs one of its own", RegisterAsync(name: "crate", uuid: OtherUuid));
        await RefusedAsync(
            "the link key of crate is that of this node; each node needs one of its own",
            RegisterAsync(name: "crate", uuid: OtherUuid, key: _own));

        Assert.Equal(before, (_mon.Merlin, await File.ReadAllTextAsync(KeyOfBox)));

        async Task RefusedAsync(string why, Task<CliRun> run) =>
            Assert.Equal(new CliRun(1, "", $"mon slim-poller register: {why}\n"), await run);
    }

    [Fact]
    public async Task Register_WithCluster_PeerThatIsNotReachedIsNamed()
    {
        _mon.Merlin = "peer m2 {\n\taddress = 192.0.2.2\n}\npeer m3 {\n\taddress = 192.0.2.3\n\tconnect = no\n}\n";

        var run = await RegisterAsync("--cluster");

        Assert.Equal((1, "added poller box\n"), (run.ExitCode, run.Out));
        Assert.Contains("mon slim-poller register: the mon of m2 gave no answer (exit code 1)\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("mon slim-poller register: m3 is not told: connect = no\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deregister_Poller_TakesBlockAndKeyAndLeavesOthersAlone()
    {
        await RegisterAsync();

        Assert.Equal(new CliRun(0, "removed poller box\n", ""), await DeregisterAsync());
        Assert.Equal("# by hand\n", _mon.Merlin);
        Assert.False(File.Exists(KeyOfBox));
        Assert.Equal(new CliRun(0, "poller box is not configured\n", ""), await DeregisterAsync());

        _mon.Merlin = "master box {\n}\n";
        Assert.Equal(new CliRun(1, "", "mon slim-poller deregister: box is a master, no poller\n"), await DeregisterAsync());

        Task<CliRun> DeregisterAsync() => _mon.RunAsync("slim-poller", "deregister", "--poller-name=box");
    }

    [Fact]
    public async Task Exchange_PollerThatRegisters_HearsOfMastersAndPollersOfItsGroup()
    {
        _mon.Merlin = "peer m2 {\n\taddress = 192.0.2.2\n\tport = 77\n}\npoller mate {\n\taddress = 192.0.2.6\n\thostgroup = near, far\n}\n"
            + "poller stranger {\n\thostgroup = elsewhere\n}\n";
        Directory.CreateDirectory(Path.GetDirectoryName(KeyOfBox)!);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(KeyOfBox)!, "m2.pem"), _otherKey.ExportSubjectPublicKeyInfoPem());

        _mon.Input = Message($"Register box\nAddress 192.0.2.7\nUuid {Uuid}\nHostGroups far,near\nLink {Encoded(_key)}");
        Assert.Equal(
            new CliRun(
                0,
                $"compeer-keys 1\nRegister box\nDid added poller box\nLink {Encoded(_own)}\nMaster m2 192.0.2.2 77\n"
                + $"Link m2 {Encoded(_otherKey)}\nPoller mate 192.0.2.6 15551\nend\n",
                ""),
            await _mon.RunAsync("slim-poller", "exchange"));

        _mon.Input = Message($"Deregister box\nUuid {OtherUuid}");
        Assert.Equal(
            "compeer-keys 1\nFailed box is configured with another uuid; it is another node, and stays\nend\n",
            (await _mon.RunAsync("slim-poller", "exchange")).Out);
        _mon.Input = Message($"Deregister box\nUuid {Uuid}");
        Assert.Equal(
            "compeer-keys 1\nDeregister box\nDid removed poller box\nend\n", (await _mon.RunAsync("slim-poller", "exchange")).Out);
    }

    [Theory]
    [InlineData("Register a;b\nAddress 192.0.2.7\nUuid " + Uuid + "\nHostGroups far", "\"a;b\" cannot be the name of a node")]
    [InlineData("Register box\nAddress $(reboot)\nUuid " + Uuid + "\nHostGroups far", "\"$(reboot)\" is neither a host name nor an IP")]
    [InlineData("Register box\nAddress 192.0.2.7\nUuid 1234\nHostGroups far", "\"1234\" is no UUID")]
    [InlineData("Register box\nAddress 192.0.2.7\nUuid " + Uuid + "\nHostGroups ,", "a poller needs a host group")]
    [InlineData("Register box\nAddress 192.0.2.7\nUuid " + Uuid + "\nHostGroups far\nLink bm8=", "its link key is missing")]
    [InlineData("Deregister {\nUuid " + Uuid, "\"{\" cannot be the name of a node")]
    public async Task Exchange_WordsThatCannotBe_AreRefused(string message, string why)
    {
        _mon.Input = Message(message);

        Assert.Contains($"\nFailed {why}", (await _mon.RunAsync("slim-poller", "exchange")).Out, StringComparison.Ordinal);
        Assert.Equal("# by hand\n", _mon.Merlin);
    }

    [Fact]
    public async Task Join_MasterAnswers_MastersPeersAndKeysAreInPlaceAndOthersOut()
    {
        _mon.Merlin = $"ipc_uuid = {Uuid}\nmaster old {{\n}}\npeer mate {{\n\taddress = 192.0.2.99\n}}\n" + Below;
        await AnswerAsync(
            $"Register box\nDid added poller box\nLink {Encoded(_key)}\nMaster m2 192.0.2.2 77\nLink m2 {Encoded(_otherKey)}\n"
            + "Poller mate 192.0.2.6 15551\nFailed m3 is not reached: no route");

        var run = await JoinAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "added poller box\nremoved master old, which m1 does not have\nadded master m1\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("mon slim-poller join: m3 is not reached: no route\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("the mon of m1 gave no answer (exit code 1)\n", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            $"ipc_uuid = {Uuid}\n" + Below + MasterBlock("m1", "192.0.2.1", 15551) + MasterBlock("m2", "192.0.2.2", 77)
            + "peer mate {\n\taddress = 192.0.2.6\n\tport = 15551\n}\n",
            _mon.Merlin);
        foreach ((var name, var key) in ((string, ECDsa)[])[("m1", _key), ("m2", _otherKey)])
        {
            Assert.Contains(
                key.ExportSubjectPublicKeyInfoPem(),
                await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(KeyOfBox)!, name + ".pem")),
                StringComparison.Ordinal);
        }

        var asked = await File.ReadAllTextAsync(_mon.Ssh + ".asked");
        Assert.StartsWith(
            $"compeer-keys 1\nRegister box\nUuid {Uuid}\nAddress 192.0.2.7\nHostGroups far\nLink {Encoded(_own)}\nEverywhere \nend\n",
            asked,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Did something", "m1 does not say what it did")]
    [InlineData("Register box\nMaster m2", "m1 answered \"m2\", which is no node")]
    public async Task Join_AnswerThatMakesNoSense_IsSaid(string answer, string why)
    {
        await AnswerAsync(answer);

        var run = await JoinAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("master", _mon.Merlin, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Join_NoUuidYet_MakesOneAndKeepsIt()
    {
        await AnswerAsync("Failed there is no host group far");

        Assert.Equal(new CliRun(1, "", "mon slim-poller join: there is no host group far\n"), await JoinAsync());
        var made = _mon.Merlin;
        Assert.Matches("^# by hand\nipc_uuid = [0-9a-f-]{36}\n$", made);
        await JoinAsync();
        Assert.Equal(made, _mon.Merlin);
    }

    [Fact]
    public async Task Leave_MasterAnswers_MastersAndPeersAreOut()
    {
        _mon.Merlin = $"ipc_uuid = {Uuid}\nmaster m1 {{\n}}\npeer mate {{\n}}\n" + Below;
        await AnswerAsync("Deregister box\nDid removed poller box");

        Assert.Equal(
            new CliRun(0, "removed poller box\n", ""),
            await _mon.RunAsync("slim-poller", "leave", "--poller-name=box", "--master-name=m1", "--master-address=192.0.2.1"));

        Assert.Equal($"ipc_uuid = {Uuid}\n" + Below, _mon.Merlin);
        Assert.StartsWith(
            $"compeer-keys 1\nDeregister box\nUuid {Uuid}\nEverywhere \nend\n",
            await File.ReadAllTextAsync(_mon.Ssh + ".asked"),
            StringComparison.Ordinal);
    }

    private static byte[] Message(string lines) => System.Text.Encoding.UTF8.GetBytes($"compeer-keys 1\n{lines}\nend\n");

    private static string Encoded(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    private static string Fingerprint(ECDsa key) =>
        Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..32];

    private static string MasterBlock(string name, string address, int port) =>
        $"master {name} {{\n\taddress = {address}\n\tport = {port}\n\taccept_runcmd = 1\n\n\tobject_config {{\n\t\tfetch_name = box\n"
        + $"\t\tfetch = mon oconf fetch --sync {name}\n\t}}\n\n\tsync {{\n\t\t/etc/one\n\t\t/etc/two/\n\t}}\n}}\n";

    private async Task<CliRun> RegisterAsync(
        string? further = null, string name = "box", string uuid = Uuid, string address = "192.0.2.7", ECDsa? key = null)
    {
        var file = Path.Combine(_mon.Paths.MerlinFolder, "given.pem");
        await File.WriteAllTextAsync(file, (key ?? _key).ExportSubjectPublicKeyInfoPem());
        string[] words =
        [
            "slim-poller", "register", $"--poller-name={name}", $"--poller-address={address}", $"--uuid={uuid}", "--hostgroups=far,near",
            $"--public-key={file}",
        ];
        return await _mon.RunAsync(further is null ? words : [.. words, further]);
    }

    private Task<CliRun> JoinAsync() => _mon.RunAsync(
        "slim-poller", "join", "--poller-name=box", "--poller-address=192.0.2.7", "--hostgroups=far", "--master-name=m1",
        "--master-address=192.0.2.1", "--sync=/etc/one,/etc/two/");

    /// <summary>An ssh that answers so to the first question, and keeps what it was asked.</summary>
    private async Task AnswerAsync(string lines)
    {
        _mon.Ssh = Path.Combine(_mon.Paths.MerlinFolder, "ssh");
        await File.WriteAllBytesAsync(_mon.Ssh + ".answer", Message(lines));
        await File.WriteAllTextAsync(
            _mon.Ssh,
            $"#!/bin/sh\nsed '/^end$/q' >>'{_mon.Ssh}.asked'\ncase \"$*\" in *exchange) cat '{_mon.Ssh}.answer';; *) exit 1;; esac\n");
        File.SetUnixFileMode(_mon.Ssh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
