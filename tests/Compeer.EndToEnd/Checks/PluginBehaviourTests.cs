using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Checks;

/// <summary>Plugins that misbehave: state and text are Naemon's, and the daemon goes on.</summary>
public sealed class PluginBehaviourTests : ClusterTest
{
    private const int TimeLimit = 5;

    private const string Nothing = @"\(No output returned from plugin\)";

    private static readonly PluginCase[] Cases =
    [
        new("fine", "$USER1$/check_dummy 0 fine", "OK", "OK: fine"),
        new("warning", "$USER1$/check_dummy 1 'so so'", "WARNING", "WARNING: so so"),
        new(
            "missing",
            "$USER3$/no-such-plugin -x",
            "CRITICAL",
            @"\(No output on stdout\) stderr: execvp\(.*/no-such-plugin, \.\.\.\) failed\. errno is 2: No such file or directory"),
        new(
            "missing in a shell",
            "$USER3$/no-such-plugin >/dev/null 2>&1",
            "CRITICAL",
            @"\(Return code of 127 is out of bounds - plugin may be missing\)"),
        new(
            "not executable",
            "$USER3$/not-executable",
            "CRITICAL",
            @"\(Return code of 126 is out of bounds - plugin may not be executable\)"),
        new("hangs", "$USER3$/hangs", "CRITICAL", @"\(Service check timed out after \d+\.\d\d seconds\)"),
        new("hangs and ignores SIGTERM", "$USER3$/ignores", "CRITICAL", @"\(Service check timed out after \d+\.\d\d seconds\)"),
        new("a megabyte", "$USER3$/megabyte", "OK", "x{1000,65536}"),
        new("a megabyte of lines", "$USER3$/lines", "OK", "y"),
        new("binary", "$USER3$/binary", "WARNING", @"(?s).*binary.*"),
        new("a signal", "$USER3$/signal", "UNKNOWN", Nothing),
        new("exit 5", "$USER3$/five", "CRITICAL", @"\(Return code of 5 is out of bounds\)"),
        new("stderr only", "$USER3$/stderr", "WARNING", @"\(No output on stdout\) stderr: it went wrong"),
        new("both", "$USER3$/both", "WARNING", "on stdout"),
        new("nothing", "$USER3$/nothing", "OK", Nothing),
        new("reads stdin", "$USER3$/stdin", "OK", "read 0 bytes"),
        new("background child", "$USER3$/background", "OK", "early"),
        new("performance data", "$USER3$/performance", "OK", "first line"),
        new("shell", "echo a$(echo b) && exit 2", "CRITICAL", "ab"),
        new("environment", "MARK=set $USER3$/environment", "OK", "set"),
    ];

    [Fact]
    public async Task Plugins_OfAllKinds_GiveNaemonsStateAndText()
    {
        WriteScripts();
        var site = new SiteConfiguration(Folder)
            .Set("service_check_timeout", $"{TimeLimit}")
            .Command("host-ok", "$USER1$/check_dummy 0")
            .Host("h", "host-ok");
        foreach ((var index, var plugin) in Cases.Index())
        {
            site.Command($"c{index}", plugin.Command).Service("h", plugin.Name, $"c{index}", interval: 3, retry: 3);
        }

        var node = Single(site);
        await node.StartAsync();
        await Eventually.HoldsAsync(
            "first round",
            "state and text are Naemon's",
            TimeSpan.FromSeconds(3 + TimeLimit) + Limits.Moment,
            () => ProblemsAsync(node),
            node);

        var performance = await node.ObjectAsync(ObjectName.Of("h", "performance data"));
        Assert.Equal("a=1;2;3 b=2 c=3", performance.PerformanceData);
        var background = await node.ObjectAsync(ObjectName.Of("h", "background child"));
        Assert.True(
            background.ExecutionSeconds < TimeLimit,
            $"a child that keeps stdout open held the result back for {background.ExecutionSeconds} s");

        // The daemon goes on: a second round gives the same, and it answers.
        var completed = (await node.StatusAsync()).ChecksCompleted;
        await Eventually.HoldsAsync(
            "second round",
            "as many checks again, with the same states and texts",
            TimeSpan.FromSeconds(3 + TimeLimit) + Limits.Moment,
            async () => (await node.StatusAsync()).ChecksCompleted is var now && now > completed + Cases.Length
                ? await ProblemsAsync(node)
                : $"{now - completed}",
            node);
        Assert.Contains(
            "Warning: Return code of 5 for check of service 'exit 5' on host 'h' was out of bounds.", node.LogTexts);
    }

    [Fact]
    public async Task Plugin_TimedOut_IsGoneWithAllItsChildren()
    {
        Folder.Script("hangs", "sleep 1000 & (sleep 1001 & sleep 1002) & sleep 1003");
        var site = new SiteConfiguration(Folder)
            .Set("service_check_timeout", $"{TimeLimit}")
            .Command("host-ok", "$USER1$/check_dummy 0")
            .Command("hangs", "$USER3$/hangs")
            .Host("h", "host-ok", interval: 600)
            .Service("h", "hangs", "hangs", interval: 15, attempts: 1);
        var node = Single(site);
        await node.StartAsync();
        await Eventually.HoldsAsync(
            "the plugin hangs", "its children are seen", TimeSpan.FromSeconds(15) + Limits.Moment,
            () => Sleepers() >= 3 ? null : "they are not", node);
        await Eventually.HoldsAsync(
            "the time limit", "its children are gone", TimeSpan.FromSeconds(TimeLimit) + Limits.Moment,
            () => Sleepers() is 0 ? null : $"{Sleepers()} are there", node);
        await Eventually.HoldsAsync(
            "the time limit",
            "the service says so",
            Limits.Moment,
            async () => (await node.ObjectAsync("h:hangs")).Output is var output && output.Contains("timed out", StringComparison.Ordinal)
                ? null
                : output,
            node);
    }

    [Fact]
    public async Task Checks_DaemonStartedWithSigchldIgnored_Complete()
    {
        var node = Single(new SiteConfiguration(Folder)
            .Command("ok", "$USER1$/check_dummy 0 alive")
            .Command("exit", "$USER1$/check_dummy 1 exit-code-kept")
            .Host("h", "ok", interval: 1)
            .Service("h", "s", "exit", interval: 1));

        await node.StartAsync("/bin/sh", "-c", $"trap '' CHLD; exec '{Programs.Mond}'");

        await Eventually.HoldsAsync(
            "SIGCHLD ignored by the starter",
            "checks complete with their exit codes",
            Limits.Moment,
            async () => ((await node.ObjectAsync("h:s")), (await node.ObjectAsync("h:"))) is
                ({ State: "WARNING", Output: "WARNING: exit-code-kept" }, { State: "UP" })
                ? null
                : "not yet",
            node);
    }

    /// <summary>Processes of the hanging plugin.</summary>
    private int Sleepers() =>
        Folder.Processes().Count(process => process.CommandLine.StartsWith("sleep 100", StringComparison.Ordinal));

    private static async Task<string?> ProblemsAsync(MonitorNode node)
    {
        var objects = await node.ObjectsAsync();
        string[] problems = [.. Cases.Select(plugin => plugin.Problem(objects[ObjectName.Of("h", plugin.Name)])).OfType<string>()];
        return problems.Length == 0 ? null : string.Join('\n', problems);
    }

    private void WriteScripts()
    {
        File.WriteAllText(Folder.File("not-executable"), "#!/bin/sh\nexit 0\n");
        Folder.Script("hangs", "sleep 1000 & sleep 1000");
        Folder.Script("ignores", "trap '' TERM INT HUP; while :; do sleep 1000; done");
        Folder.Script("megabyte", "head -c 1048576 /dev/zero | tr '\\0' x");
        Folder.Script("lines", "yes | head -n 500000");
        Folder.Script("binary", "printf '\\001\\377\\376binary\\033[31m\\200'; exit 1");
        Folder.Script("signal", "kill -SEGV $$");
        Folder.Script("five", "echo five; exit 5");
        Folder.Script("stderr", "echo 'it went wrong' >&2; exit 1");
        Folder.Script("both", "echo 'on stderr' >&2; echo 'on stdout'; exit 1");
        Folder.Script("nothing", "exit 0");
        Folder.Script("stdin", "echo \"read $(wc -c) bytes\"");
        Folder.Script("background", "sleep 1000 & echo early");
        Folder.Script("performance", "printf 'first line | a=1;2;3\\nsecond line\\nthird | b=2\\nc=3\\n'");
        Folder.Script("environment", "echo \"$MARK\"");
    }
}
