using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Configuration;

/// <summary>Variables of the main configuration that the daemon itself has the effect of.</summary>
public sealed class MainVariableTests : ClusterTest
{
    [Fact]
    [Trait("Variable", "log_file")]
    [Trait("Variable", "lock_file")]
    [Trait("Variable", "object_cache_file")]
    [Trait("Variable", "precached_object_file")]
    public async Task Files_AreWhereTheMainConfigurationSays()
    {
        var node = Single(TracedSite(hosts: 1, services: 1, interval: 60)
            .Set("log_file", Folder.File("the.log"))
            .Set("lock_file", Folder.File("the.pid"))
            .Set("object_cache_file", Folder.File("the.cache"))
            .Set("precached_object_file", Folder.File("the.precache")));
        (await node.MondAsync("-vp", node.Paths.MainConfiguration)).Expect(0);
        Assert.Contains("define service {", await File.ReadAllTextAsync(Folder.File("the.precache")), StringComparison.Ordinal);

        await node.StartAsync();
        Assert.Equal($"{node.Pid}\n", await File.ReadAllTextAsync(Folder.File("the.pid")));
        await Eventually.HoldsAsync(
            "start",
            "the log and the object cache are there",
            Limits.Moment,
            () => new FileInfo(Folder.File("the.log")) is { Exists: true, Length: > 0 } && File.Exists(Folder.File("the.cache"))
                ? null
                : "they are not",
            node);
        Assert.False(File.Exists(node.LogFile));
        Assert.False(File.Exists(node.Paths.ObjectCacheFile));
    }

    [Theory]
    [Trait("Variable", "command_file")]
    [Trait("Variable", "check_external_commands")]
    [InlineData(1)]
    [InlineData(0)]
    public async Task CommandFile_TakesExternalCommands(int value)
    {
        var pipe = Folder.File("naemon.cmd");
        var node = Single(TracedSite(hosts: 1, services: 1, interval: 60)
            .Set("command_file", pipe)
            .Set("check_external_commands", $"{value}"));
        await node.StartAsync();
        Assert.Equal(value == 1, File.Exists(pipe));
        if (value == 0)
        {
            return;
        }

        await using (var writer = new FileStream(pipe, FileMode.Open, FileAccess.Write))
        {
            await writer.WriteAsync("[1700000000] PROCESS_SERVICE_CHECK_RESULT;h01;s1;2;from outside\n"u8.ToArray());
        }

        await Eventually.HoldsAsync(
            "a command",
            "what came of it is in the log",
            Limits.Moment,
            () => node.LogTexts.Contains("PASSIVE SERVICE CHECK: h01;s1;2;from outside") ? null : "it is not",
            node);
        var pid = node.Pid;
        node.Signal(Native.Terminate);
        await node.WaitForEndAsync(pid);
        Assert.False(File.Exists(pipe));
    }

    [Theory]
    [Trait("Variable", "log_initial_states")]
    [InlineData(1)]
    [InlineData(0)]
    public async Task LogInitialStates_PutsThemIntoTheLog(int value)
    {
        var node = Single(TracedSite(hosts: 1, services: 1, interval: 1)
            .Set("log_initial_states", $"{value}")
            .Set("log_service_retries", "1"));
        await node.StartAsync();
        Plugin.SetResult("h01:s1", 2, "it broke");
        await Eventually.HoldsAsync(
            "start",
            "an alert is in the log",
            Limits.Moment,
            () => node.LogTexts.Any(text => text.Contains(" ALERT: ", StringComparison.Ordinal)) ? null : "it is not",
            node);
        Assert.Equal(
            value == 1 ? ["INITIAL HOST STATE: h01;UP;HARD;1;", "INITIAL SERVICE STATE: h01;s1;OK;HARD;1;"] : [],
            node.LogTexts.Where(text => text.StartsWith("INITIAL ", StringComparison.Ordinal)));
    }

    [Theory]
    [Trait("Variable", "max_concurrent_checks")]
    [InlineData(2, 2, 2)]
    [InlineData(0, 3, 8)]
    public async Task MaxConcurrentChecks_BoundsThem(int most, int least, int greatest)
    {
        const int Runs = 24;
        var trace = Folder.File("overlap");
        var script = Folder.Script("slow", $"echo + >>'{trace}'; sleep 0.3; echo - >>'{trace}'");
        var site = new SiteConfiguration(Folder)
            .Set("max_concurrent_checks", $"{most}")
            .Command("slow", script)
            .Text("define host {\n  host_name h\n  max_check_attempts 1\n}");
        for (var service = 0; service < 8; service++)
        {
            site.Service("h", $"s{service}", "slow", interval: 1, retry: 1);
        }

        var node = Single(site);
        await node.StartAsync();
        string[] Lines() => File.Exists(trace) ? File.ReadAllLines(trace) : [];
        await Eventually.HoldsAsync(
            "checks that take a while",
            $"{Runs} were made",
            Limits.Moment * 2,
            () => Lines().Count(line => line == "-") >= Runs ? null : "there are fewer",
            node);
        var running = 0;
        Assert.InRange(Lines().Select(line => running += line == "+" ? 1 : -1).Max(), least, greatest);
    }
}
