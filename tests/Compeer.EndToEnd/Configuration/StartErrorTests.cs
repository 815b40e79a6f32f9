using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Configuration;

/// <summary>A daemon whose configuration has errors says all of them and starts nothing.</summary>
public sealed class StartErrorTests : ClusterTest
{
    [Fact]
    public async Task Start_ErrorsInSeveralFiles_NamesAllOfThemAndLeavesNothingBehind()
    {
        var site = TracedSite(hosts: 2, services: 0);
        var node = Single(site);
        var objects = Path.Combine(node.Paths.ConfigurationFolder, "objects");
        await File.WriteAllTextAsync(
            Path.Combine(objects, "a.cfg"),
            "define service {\n  host_name  h01\n  service_description  S\n  check_command  no-such-command\n"
            + "  check_interval  5\n  max_check_attempts  3\n}\n");
        await File.WriteAllTextAsync(
            Path.Combine(objects, "b.cfg"),
            "define host {\n  host_name  h09\n  use  no-such-template\n}\n\n"
            + "define host {\n  host_name  h10\n  max_check_attempts  3\n  colour  blue\n}\n");

        var started = await node.MondAsync();
        started.Expect(1);
        AssertNames(started.Error, node, "a.cfg:", "no-such-command");
        AssertNames(started.Error, node, "b.cfg:3:", "no-such-template");
        AssertNames(started.Error, node, "b.cfg:9:", "colour");
        Assert.False(File.Exists(node.Paths.ApiSocket), "a socket was left behind");

        AssertNames((await node.MondAsync("--verify")).Expect(1).Output, node, "b.cfg:9:", "colour");
        AssertNames((await node.MonAsync("oconf", "verify")).Expect(1).Text, node, "b.cfg:3:", "no-such-template");
        AssertNames((await node.MonAsync("start")).Expect(1).Error, node, "a.cfg:", "no-such-command");

        File.Delete(Path.Combine(objects, "a.cfg"));
        File.Delete(Path.Combine(objects, "b.cfg"));
        (await node.MondAsync("--verify")).Expect(0);
        (await node.MonAsync("oconf", "verify")).Expect(0);
        await node.StartAsync();
        Assert.Equal(2, (await node.StatusAsync()).Hosts);
    }

    [Theory]
    [InlineData("peer p9 {\n  address = 127.0.0.9\n", 5, "never closed")]
    [InlineData("peer p9 {\n  address = 127.0.0.9\n}\npeer p9 {\n  address = 127.0.0.8\n}\n", 8, "already defined")]
    [InlineData("peer p9 {\n  address = 127.0.0.9\n  port = 70000\n}\n", 7, "70000")]
    [InlineData("peer p9 {\n  address = 127.0.0.9\n  port = many\n}\n", 7, "many")]
    [InlineData("per p9 {\n  address = 127.0.0.9\n}\n", 5, "per")]
    [InlineData("daemon {\n  address = here.example\n}\npeer p9 {\n  address = 127.0.0.9\n}\n", 6, "here.example")]
    [InlineData("pulse_interval = 61\n", 5, "1 to 60")]
    public async Task Start_MerlinConfWithAnError_NamesTheLineAndSoDoesAVerification(string blocks, int line, string reason)
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        await File.AppendAllTextAsync(node.Paths.MerlinConfiguration, blocks);

        AssertNames((await node.MondAsync("--verify")).Expect(1).Output, node, $"merlin.conf:{line}:", reason);
        AssertNames((await node.MonAsync("oconf", "verify")).Expect(1).Text, node, $"merlin.conf:{line}:", reason);

        var started = await node.MondAsync();

        started.Expect(1);
        AssertNames(started.Error, node, $"merlin.conf:{line}:", reason);
        Assert.False(File.Exists(node.Paths.ApiSocket), "a socket was left behind");
    }

    [Fact]
    public async Task Verify_WhatHasNoEffect_IsSaidAsTheStartSaysItAndRefusesNothing()
    {
        var node = Single(TracedSite(hosts: 1, services: 0).Set("temp_path", "/tmp"));
        await File.AppendAllTextAsync(
            node.Paths.MerlinConfiguration,
            "poller p8 {\n  address = 127.0.0.8\n  hostgroup = x\n}\npeer p9 {\n  address = 127.0.0.9\n}\n");
        string[] expected =
        [
            $"Warning: {node.Paths.MerlinConfiguration}:5: node p8 cannot be connected: its key is not known; 'mon sshkey push p8' brings "
            + "it, or publickey = FILE in its block names a file with what 'mon node key' prints there",
            $"Warning: {node.Paths.MerlinConfiguration}:5: poller p8: there is no host group 'x'; it cannot get its configuration",
            $"Warning: {node.Paths.MerlinConfiguration}:9: node p9 cannot be connected: its key is not known; 'mon sshkey push p9' brings "
            + "it, or publickey = FILE in its block names a file with what 'mon node key' prints there",
        ];
        const string Variables = "set in the main configuration but without effect yet: temp_path";

        var verified = (await node.MonAsync("oconf", "verify")).Expect(0).Output.Split('\n');

        Assert.All(expected, line => Assert.Contains(line, verified));
        Assert.Contains($"Note: {Variables}", verified);
        Assert.Contains("Total Warnings: 3", verified);
        await node.StartAsync();
        await Eventually.HoldsAsync(
            "the start",
            "the log has the same lines",
            Limits.Moment,
            () => expected.Append($"Warning: {Variables}").Except(node.LogTexts).FirstOrDefault(),
            node);
    }

    [Theory]
    [InlineData("naemon.cfg", "does not exist")]
    [InlineData("objects", "does not exist")]
    public async Task Start_FileOfTheConfigurationMissing_NamesIt(string missing, string reason)
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        var path = Path.Combine(node.Paths.ConfigurationFolder, missing);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }

        var started = await node.MondAsync();

        started.Expect(1);
        AssertNames(started.Error, node, path, reason);
    }

    [Fact]
    public async Task Start_PortTaken_SaysWhich()
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        await File.AppendAllTextAsync(node.Paths.MerlinConfiguration, "peer p2 {\n  address = 127.0.0.9\n}\n");
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Parse(node.Address), node.Port);
        taken.Start();

        var started = await node.MondAsync();

        started.Expect(1);
        Assert.Contains($"{node.Address}:{node.Port}", started.Error, StringComparison.Ordinal);
    }

    private static void AssertNames(string text, MonitorNode node, string place, string reason) => Assert.True(
        text.Split('\n').Any(line =>
            line.Contains(place, StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal)),
        $"no line with '{place}' and '{reason}' in:\n{text}\n{node.Describe()}");
}
