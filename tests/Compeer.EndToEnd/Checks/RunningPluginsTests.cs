using System.Globalization;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Checks;

/// <summary>What the daemon and the operating system have to do with each other while plugins run.</summary>
public sealed class RunningPluginsTests : ClusterTest
{
    [Fact]
    public async Task Services_HangInAllPlaces_HostsAreCheckedAndTheWaitIsShown()
    {
        Folder.Script("hangs", "sleep 1000");
        var site = new SiteConfiguration(Folder)
            .Set("max_concurrent_checks", "2")
            .Set("service_check_timeout", "600")
            .Command("host-ok", "$USER1$/check_dummy 0 alive")
            .Command("hangs", "$USER3$/hangs")
            .Host("h", "host-ok", interval: 1);
        for (var i = 0; i < 6; i++)
        {
            site.Service("h", $"s{i}", "hangs", interval: 1);
        }

        var node = Single(site);
        await node.StartAsync();
        await Eventually.HoldsAsync(
            "services hang",
            "four wait, visibly",
            TimeSpan.FromSeconds(10) + Limits.Moment,
            async () => await node.StatusAsync() is var status
                && status.Lanes.Single(lane => lane.Name == "services") is { Limit: 2, Running: 2, Waiting: 4, OldestWaitSeconds: > 5 }
                && status.Warnings.Any(warning => warning.StartsWith("4 service checks wait", StringComparison.Ordinal))
                    ? null
                    : $"{string.Join(", ", status.Lanes)} {string.Join("; ", status.Warnings)}",
            node);
        var completed = (await node.StatusAsync()).ChecksCompleted;
        await Eventually.HoldsAsync(
            "services hang",
            "the host is checked on",
            TimeSpan.FromSeconds(5) + Limits.Moment,
            async () => (await node.StatusAsync()).ChecksCompleted is var now && now >= completed + 3 ? null : $"{now - completed} checks",
            node);
    }

    [Fact]
    public async Task Plugin_SiteHasATimeZone_HasItInTz()
    {
        var node = Single(new SiteConfiguration(Folder)
            .Set("use_timezone", "Europe/Stockholm")
            .Command("zone", "/usr/bin/printenv TZ")
            .Host("h", "zone")
            .Service("h", "s", "zone", interval: 1));
        await node.StartAsync();
        await OutputIsAsync(node, "h:s", "Europe/Stockholm");
    }

    [Fact]
    public async Task Daemon_KilledWithoutWarning_LeavesNothingInTheTemporaryFolder()
    {
        var node = Single(new SiteConfiguration(Folder).Command("ok", "$USER1$/check_dummy 0").Host("h", "ok"));
        var temporary = Directory.CreateDirectory(Folder.File("temporary")).FullName;
        await node.StartAsync("/usr/bin/env", "DOTNET_EnableDiagnostics=1", $"TMPDIR={temporary}", Programs.Mond);
        var pid = node.Pid;
        node.Kill();
        await node.WaitForEndAsync(pid);
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    [Fact]
    public async Task Daemon_IsProcessOne_LeavesNoZombies()
    {
        Assert.True(Environment.IsPrivilegedProcess, "this test makes a process namespace: run it as root");
        Folder.Script(
            "leaves",
            """
            (sleep 0.1; exit 0) >/dev/null 2>&1 &
            zombies=0
            for stat in /proc/[0-9]*/stat; do
              read -r line 2>/dev/null < "$stat" || continue
              set -- ${line##*) }
              [ "$1" = Z ] && zombies=$((zombies + 1))
            done
            echo "$zombies"
            """);
        var node = Single(new SiteConfiguration(Folder)
            .Command("leaves", "$USER3$/leaves")
            .Host("h", "leaves")
            .Service("h", "s", "leaves", interval: 1));
        await node.StartAsync("/usr/bin/unshare", "--pid", "--fork", "--mount-proc", "--kill-child", Programs.Mond);
        await Eventually.HoldsAsync(
            "twelve plugins have left a child each",
            "hardly a zombie is there",
            TimeSpan.FromSeconds(15) + Limits.Moment,
            async () => (await node.StatusAsync()).ChecksCompleted is var count && count >= 12 ? null : $"{count} checks",
            node);
        var since = TimeProvider.System.GetUtcNow();
        await Eventually.HoldsAsync(
            "twelve plugins have left a child each",
            "the next one counts hardly a zombie",
            Limits.Moment,
            async () => await node.ObjectAsync("h:s") is var seen && seen.LastCheck > since
                && int.Parse(seen.Output, CultureInfo.InvariantCulture) <= 4 ? null : seen.Output,
            node);
    }

    private static Task<TimeSpan> OutputIsAsync(MonitorNode node, string name, string expected) => Eventually.HoldsAsync(
        "a check",
        $"its output is {expected}",
        Limits.Moment,
        async () => (await node.ObjectAsync(name)).Output is var output && output == expected ? null : output,
        node);
}
