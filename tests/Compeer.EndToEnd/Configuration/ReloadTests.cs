using Compeer.Api;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Configuration;

/// <summary>A running daemon takes up a changed configuration, or refuses it, and monitoring goes on without a gap.</summary>
public sealed class ReloadTests : ClusterTest
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Hangup_HostAdded_IsCheckedAndTheOthersKeepWhatTheyHad()
    {
        var site = TracedSite(hosts: 3, services: 1);
        var node = Single(site);
        Plugin.SetResult("h01:s1", 2, "broken before the reload");
        await node.StartAsync();
        await WaitForStateAsync(node, "h01:s1", status => status is { State: "CRITICAL", StateType: "HARD" });
        var before = await node.ObjectAsync("h01:s1");
        var pid = node.Pid;

        site.Host("a00", TracedPlugin.HostCommand).Service("a00", "s1", TracedPlugin.ServiceCommand);
        site.WriteTo(node);
        node.Signal(Native.Hangup);

        await WaitForLineAsync(
            node, "configuration reloaded: hosts: 1 added, 0 removed, 0 changed; services: 1 added, 0 removed, 0 changed (read in ");
        await WaitForStateAsync(node, "a00:s1", status => status.HasBeenChecked);
        var after = await node.ObjectAsync("h01:s1");
        Assert.Equal(
            (before.State, before.StateType, before.Attempt, before.LastStateChange, before.Output),
            (after.State, after.StateType, after.Attempt, after.LastStateChange, after.Output));
        Assert.Equal(pid, node.Pid);
        Assert.Equal(1, node.LogTexts.Count(line => line.StartsWith("SERVICE ALERT: h01;s1;CRITICAL;HARD", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Reload_BrokenFile_IsRefusedWithItsPlaceAndMonitoringGoesOn()
    {
        var site = TracedSite(hosts: 2, services: 1, interval: 2);
        var node = Single(site);
        await node.StartAsync();
        await WaitForStateAsync(node, "h02:s1", status => status.HasBeenChecked);
        var file = Path.Combine(node.Paths.ConfigurationFolder, "objects", "site.cfg");
        var right = await File.ReadAllTextAsync(file);
        var wrong = right + "define host {\n  host_name  h03\n  check_command  nowhere\n  max_check_attempts  1\n}\n";
        var line = wrong.Split('\n').ToList().FindIndex(text => text.Contains("nowhere", StringComparison.Ordinal)) + 1;
        await File.WriteAllTextAsync(file, wrong);

        var refused = (await node.MonAsync("reload")).Expect(1);
        Assert.Contains($"Error: {file}:{line}: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("monitoring goes on", refused.Error, StringComparison.Ordinal);
        Assert.Equal("", refused.Output);
        node.Signal(Native.Hangup);
        await Eventually.HoldsAsync(
            "SIGHUP with a broken file",
            "the log says twice that it was refused, each time with the place",
            Limits.LiveChange,
            () => node.LogTexts.Count(text => text.Contains($"{file}:{line}: ", StringComparison.Ordinal)) == 2
                && node.LogTexts.Count(text => text.Contains("monitoring goes on", StringComparison.Ordinal)) == 2 ? null : "not yet",
            node);
        var from = TracedPlugin.Now;
        await Eventually.HoldsAsync(
            "after the refusal",
            "every object is checked again, none of the refused file",
            Limits.Moment,
            () => site.Names.SetEquals(Plugin.Runs().Where(run => run.StartedAt > from).Select(run => run.Object)) ? null : "not yet",
            node);

        await File.WriteAllTextAsync(file, wrong.Replace("nowhere", TracedPlugin.HostCommand, StringComparison.Ordinal));
        var taken = (await node.MonAsync("reload")).Expect(0);
        Assert.StartsWith("configuration reloaded: hosts: 1 added, 0 removed, 0 changed; ", taken.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, right);
        Assert.Contains("hosts: 0 added, 1 removed, 0 changed", (await node.MonAsync("reload")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal("configuration reloaded: nothing changed\n", (await node.MonAsync("reload")).Expect(0).Output);
    }

    [Fact]
    public async Task Reload_WhileACheckRuns_TakesItsResultAndRunsItNoSecondTime()
    {
        var started = Folder.File("started");
        var release = Folder.File("release");
        Folder.Script("slow", $$"""
            echo "$1" >>'{{started}}'
            until [[ -e '{{release}}' ]]; do sleep 0.05; done
            echo "released $1"
            """);
        var site = new SiteConfiguration(Folder)
            .Command("slow", "$USER3$/slow $HOSTNAME$").Host("m1", "slow", interval: 5);
        var node = Single(site);
        await node.StartAsync();
        await Eventually.HoldsAsync("start", "the check is in flight", Limits.Moment, () => File.Exists(started) ? null : "not yet", node);

        foreach (var added in (string[])["a1", "z1", "b1"])
        {
            site.Command($"quick-{added}", "/bin/true").Host(added, $"quick-{added}");
            site.WriteTo(node);
            (await node.MonAsync("reload")).Expect(0);
        }

        await WaitForStateAsync(node, "z1:", status => status.HasBeenChecked);
        Assert.False((await node.ObjectAsync("m1:")).HasBeenChecked);
        Assert.Equal(["m1"], await File.ReadAllLinesAsync(started));
        await File.WriteAllTextAsync(release, "");

        await WaitForStateAsync(node, "m1:", status => status.Output == "released m1");
    }

    [Fact]
    public async Task Reload_MainConfiguration_IsTakenUpAndWhatIsNotIsNamed()
    {
        var site = TracedSite(hosts: 1, services: 0, interval: 2);
        var node = Single(site);
        await node.StartAsync();
        await WaitForStateAsync(node, "h01:", status => status.HasBeenChecked);
        site.Set("log_host_retries", "1").Set("lock_file", Folder.File("lock")).Set("max_concurrent_checks", "7");
        site.WriteTo(node);

        var taken = (await node.MonAsync("reload")).Expect(0);

        Assert.EndsWith(
            "; main configuration: lock_file, log_host_retries, max_concurrent_checks\n", taken.Output, StringComparison.Ordinal);
        Assert.Contains("taken up by a restart only (mon restart): lock_file\n", taken.Error, StringComparison.Ordinal);
        await WaitForLineAsync(node, "Warning: changed, but taken up by a restart only (mon restart): lock_file");
        Plugin.SetResult("h01:", 2, "gone");
        await WaitForLineAsync(node, "HOST ALERT: h01;DOWN;SOFT;1;gone");
    }

    [Fact]
    public async Task Reload_AskedForManyTimesAtOnce_EndsWithTheFilesAsTheyAre()
    {
        var site = TracedSite(hosts: 1, services: 0);
        var node = Single(site);
        await node.StartAsync();
        site.Host("h02", TracedPlugin.HostCommand);
        site.WriteTo(node);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => node.MonAsync("reload")));

        Assert.All(answers, answer => answer.Expect(0));
        Assert.Equal(2, (await node.StatusAsync()).Hosts);
        await WaitForLineAsync(node, "configuration reloaded: hosts: 1 added");
        Assert.Single(node.LogTexts, line => line.Contains("hosts: 1 added", StringComparison.Ordinal));
    }

    private static Task<TimeSpan> WaitForStateAsync(MonitorNode node, string name, Func<CheckableStatus, bool> isReached) =>
        Eventually.HoldsAsync(
            name,
            "the object is in the expected state",
            Interval * 3 + Limits.Moment,
            async () => (await node.ObjectsAsync()).TryGetValue(name, out var status)
                ? isReached(status) ? null : $"it is {status.State} {status.StateType} {status.Attempt}, '{status.Output}'"
                : "there is no such object",
            node);

    private static Task<TimeSpan> WaitForLineAsync(MonitorNode node, string start) => Eventually.HoldsAsync(
        "the log",
        $"a line '{start}…'",
        Interval + Limits.Moment,
        () => node.LogTexts.Any(line => line.StartsWith(start, StringComparison.Ordinal)) ? null : "there is none",
        node);
}
