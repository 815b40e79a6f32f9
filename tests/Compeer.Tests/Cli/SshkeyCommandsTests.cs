namespace Compeer.Tests.Cli;

/// <summary>What these commands refuse. What they do, they do to machines: the end-to-end tests of hosts show it.</summary>
public sealed class SshkeyCommandsTests : IDisposable
{
    private const string Push = "mon sshkey push [--key=FILE] [--replace] [--all|--type=TYPE[,TYPE …]] [name …]\n";
    private const string Fetch = "mon sshkey fetch [--outfile=FILE] [--replace] [--all|--type=TYPE[,TYPE …]] [name …]\n";

    private readonly CliHarness _mon = new() { Merlin = "peer peer02 {\n}\n" };

    public void Dispose() => _mon.Dispose();

    [Theory]
    [InlineData("which nodes? Name some, or say --all")]
    [InlineData("no such node is configured; \"mon node add\" does that", "--type=poller")]
    [InlineData("unknown node type \"pear\" (did you mean \"peer\"?); known are peer, poller and master", "--type=pear")]
    public async Task Sshkey_NoNodes_IsRefusedInOneLine(string fault, params string[] words)
    {
        Assert.Equal(new CliRun(2, "", $"mon sshkey push: {fault}; usage: {Push}"), await _mon.RunAsync(["sshkey", "push", .. words]));
        Assert.Equal(new CliRun(2, "", $"mon sshkey fetch: {fault}; usage: {Fetch}"), await _mon.RunAsync(["sshkey", "fetch", .. words]));
    }

    [Fact]
    public async Task Sshkey_OwnLinkKeyCannotBeRead_StopsBeforeAnybodyIsAsked()
    {
        _mon.Mond.ExitCodes["--print-key"] = 1;
        _mon.Mond.ErrorOutput["--print-key"] = ["mond: this node's key: permission denied"];

        Assert.Equal(
            new CliRun(1, "", "mond: this node's key: permission denied\nmon: this node's own link key cannot be read\n"),
            await _mon.RunAsync("sshkey", "push", "peer02"));
    }

    [Fact]
    public async Task Push_OtherMonHangs_IsGivenUpAndEnded()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        _mon.Mond.Output["--print-key"] = key.ExportSubjectPublicKeyInfoPem().Split('\n');
        _mon.Time = new HurriedTime();
        var folder = Directory.CreateDirectory(_mon.Paths.MerlinFolder).FullName;
        _mon.Ssh = Path.Combine(folder, "ssh");
        await File.WriteAllTextAsync(_mon.Ssh, $"#!/bin/sh\necho $$ >'{folder}/pid'\nexec sleep 1000\n");
        File.SetUnixFileMode(_mon.Ssh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "given.pub"), "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA x\n");

        Assert.Equal(
            new CliRun(1, "", "peer02: no answer for 3 minutes; given up, and nothing was taken from there\n"),
            await _mon.RunAsync("sshkey", "push", $"--key={folder}/given.pub", "peer02"));

        var pid = (await File.ReadAllTextAsync(Path.Combine(folder, "pid"))).Trim();
        Assert.True(
            SpinWait.SpinUntil(() => !File.Exists($"/proc/{pid}/cmdline") || File.ReadAllText($"/proc/{pid}/cmdline").Length == 0, 10_000),
            "ssh still runs");
    }

    [Theory]
    [InlineData("account")]
    [InlineData("exchange")]
    public async Task Plumbing_WithoutAMessage_SaysWhomItIsFor(string command)
    {
        _mon.Input = "hello\n"u8.ToArray();

        Assert.Equal(
            new CliRun(
                1,
                "",
                $"mon sshkey {command}: standard input does not say what to do; this is for \"mon sshkey push\" and \"fetch\" to use\n"),
            await _mon.RunAsync("sshkey", command));
    }

    [Fact]
    public async Task Add_KeyThatWasGivenBefore_IsNamedAndShown()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        Directory.CreateDirectory(Path.Combine(_mon.Paths.MerlinFolder, "keys"));
        await File.WriteAllTextAsync(
            Path.Combine(_mon.Paths.MerlinFolder, "keys/there.pem"), "names = there 10.0.0.3\n" + key.ExportSubjectPublicKeyInfoPem());
        var fingerprint = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..32];

        var add = await _mon.RunAsync("node", "add", "east", "type=peer", "address=10.0.0.3");

        Assert.Contains($"note: the link key of east was given already ({fingerprint})\n", add.Error, StringComparison.Ordinal);
        Assert.Contains($"\nKEY={fingerprint}\n", (await _mon.RunAsync("node", "show", "east")).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("KEY=", (await _mon.RunAsync("node", "show", "peer02")).Out, StringComparison.Ordinal);
    }
}
