using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Configuration;

/// <summary>The sample that Debian's nagios4 packages install, with the plugins' own command definitions.</summary>
public sealed class DebianSampleTests : ClusterTest
{
    private const string Sample = "/etc/nagios4/objects";
    private const string PluginCommands = "/etc/nagios-plugins/config";

    /// <summary>What each plugin of the sample begins its output with on any machine, whatever it finds there.</summary>
    private static readonly (string Name, string[] Beginnings)[] Expected =
    [
        ("localhost:PING", ["PING OK - ", "PING WARNING - ", "PING CRITICAL - "]),
        ("localhost:Root Partition", ["DISK OK - ", "DISK WARNING - ", "DISK CRITICAL - "]),
        ("localhost:Current Users", ["USERS OK - ", "USERS WARNING - ", "USERS CRITICAL - "]),
        ("localhost:Total Processes", ["PROCS OK: ", "PROCS WARNING: ", "PROCS CRITICAL: "]),
        ("localhost:Current Load", ["OK - ", "WARNING - ", "CRITICAL - ", "LOAD OK - ", "LOAD WARNING - ", "LOAD CRITICAL - "]),
        ("localhost:Swap Usage", ["SWAP OK - ", "SWAP WARNING - ", "SWAP CRITICAL - "]),
        ("localhost:SSH", ["SSH OK - ", "connect to address 127.0.0.1 and port 22: Connection refused"]),
        ("localhost:HTTP", ["HTTP OK: ", "HTTP WARNING: ", "connect to address 127.0.0.1 and port 80: Connection refused"]),
    ];

    [Fact]
    public async Task Sample_OfDebian_LoadsUnmodifiedAndRuns()
    {
        Assert.True(File.Exists($"{Sample}/localhost.cfg"), "install nagios4-common");
        Assert.True(Directory.Exists(PluginCommands), "install monitoring-plugins-basic");
        var node = Single(new SiteConfiguration(Folder));
        await File.WriteAllTextAsync(
            node.Paths.MainConfiguration,
            $"""
            log_file={node.LogFile}
            resource_file=/etc/nagios4/resource.cfg
            cfg_dir={PluginCommands}
            cfg_file={Sample}/commands.cfg
            cfg_file={Sample}/contacts.cfg
            cfg_file={Sample}/timeperiods.cfg
            cfg_file={Sample}/templates.cfg
            cfg_file={Sample}/localhost.cfg
            interval_length=1

            """);

        var verified = (await node.MondAsync("--verify")).Expect(0);
        Assert.Contains("Checked 8 services.", verified.Output, StringComparison.Ordinal);
        await node.StartAsync();
        await Eventually.HoldsAsync(
            "Debian's sample",
            "every service has a result of its plugin",
            TimeSpan.FromSeconds(30),
            async () =>
            {
                var objects = await node.ObjectsAsync();
                return string.Join('\n', Expected
                    .Where(expected => !Array.Exists(
                        expected.Beginnings, beginning => objects[expected.Name].Output.StartsWith(beginning, StringComparison.Ordinal)))
                    .Select(expected => $"{expected.Name}: '{objects[expected.Name].Output}'")) is { Length: > 0 } wrong ? wrong : null;
            },
            node);
        var disk = await node.ObjectAsync("localhost:Root Partition");
        Assert.StartsWith("/=", disk.PerformanceData, StringComparison.Ordinal);
    }
}
