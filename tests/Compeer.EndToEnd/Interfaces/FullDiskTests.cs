using System.Globalization;
using System.Text.RegularExpressions;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>A disk without room under var: monitoring goes on, no line is torn, and what is missing is counted.</summary>
public sealed partial class FullDiskTests : ClusterTest
{
    [Fact]
    public async Task Log_DiskFullAndThenNot_HasWholeLinesAndAllOfThem()
    {
        Folder.Script(
            "counts",
            $"""
            n=$(cat '{Folder.File("n")}' 2>/dev/null || echo 0)
            n=$((n + 1))
            echo $n >'{Folder.File("n")}'
            echo "alert $n $(printf '%200s' x)"
            exit 2
            """);
        var site = new SiteConfiguration(Folder).Command("counts", "$USER3$/counts").Command("ok", "/bin/true")
            .Host("h", "ok", interval: 60)
            .Text("define service {\n  host_name h\n  service_description s\n  check_command counts\n  check_interval 1\n"
                + "  retry_interval 1\n  max_check_attempts 1\n  is_volatile 1\n  check_period 24x7\n}\n");
        var node = Single(site);
        var disk = Own(new SmallDisk(node.Paths.VariableFolder, kilobytes: 256));
        await node.StartAsync();
        await HasAlertsAsync(node, atLeast: 1);
        disk.Fill();
        await Eventually.HoldsAsync(
            "the disk is full",
            "status says so, and that lines wait",
            TimeSpan.FromSeconds(40),
            async () => (await node.StatusAsync()).Warnings.Any(
                text => text.StartsWith("the log cannot be written: no space is left on the disk", StringComparison.Ordinal))
                    ? null
                    : "it does not",
            node);
        var before = int.Parse(await File.ReadAllTextAsync(Folder.File("n")), CultureInfo.InvariantCulture);
        Assert.All(node.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(LogLine(), line));
        Assert.EndsWith("\n", node.Log, StringComparison.Ordinal);

        disk.Grow(kilobytes: 4096);

        await HasAlertsAsync(node, atLeast: before + 1);
        int[] alerts =
            [.. Alert().Matches(node.Log).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(Enumerable.Range(1, alerts.Length), alerts);
        Assert.All(node.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(LogLine(), line));
        await Eventually.HoldsAsync(
            "the disk has room again",
            "no warning speaks of the log",
            Limits.Moment,
            async () => (await node.StatusAsync()).Warnings.FirstOrDefault(text => text.Contains("log", StringComparison.Ordinal)),
            node);
        node.Signal(Native.Terminate);
        Assert.Equal(0, await node.ExitCodeAsync());
    }

    [Fact]
    public async Task Start_DiskFull_IsOneClearLine()
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        var disk = Own(new SmallDisk(node.Paths.VariableFolder, kilobytes: 64));
        disk.Fill();

        var started = (await node.MondAsync()).Expect(1);

        AssertOneLine(started.Error, $"mond: pid file {node.Paths.PidFile}: no space is left on the disk (see df and df -i); make room");
    }

    [Fact]
    public async Task Start_PrefixTooLongForASocket_IsOneClearLine()
    {
        var prefix = Folder.File(new string('x', 120));
        Directory.CreateDirectory(prefix);
        var started = (await Programs.RunAsync(prefix, Programs.Mond)).Expect(1);
        Assert.Single(started.Error.TrimEnd('\n').Split('\n'));
        Assert.Contains("a socket may have 107", started.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("--verify")]
    public async Task Output_Full_IsOneClearLine(string argument)
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        var run = (await Programs.RunAsync(node.Paths.Prefix, "/bin/sh", "-c", $"exec '{Programs.Mond}' {argument} >/dev/full")).Expect(1);
        AssertOneLine(run.Error, "mond: the output cannot be written: no space is left on the disk (see df and df -i); make room");
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--verify")]
    public async Task Output_Closed_IsNoStackTrace(string argument)
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        var run = await Programs.RunAsync(node.Paths.Prefix, "/bin/sh", "-c", $"exec '{Programs.Mond}' {argument} >&-");
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.True(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length <= 1, run.Error);
    }

    [Fact]
    public async Task Start_LogFileIsAPipe_IsRefusedAtOnce()
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        (await Programs.RunAsync(node.Paths.Prefix, "/bin/sh", "-c", $"mkfifo '{node.LogFile}'")).Expect(0);
        var started = (await node.MondAsync()).Expect(1);
        AssertOneLine(started.Error, $"mond: log_file {node.LogFile}: it is a pipe or a terminal");
    }

    private static void AssertOneLine(string text, string line) => Assert.Equal(line + "\n", text);

    private static Task<TimeSpan> HasAlertsAsync(MonitorNode node, int atLeast) => Eventually.HoldsAsync(
        "alerts are logged",
        $"there are {atLeast} of them",
        TimeSpan.FromSeconds(40),
        () => Alert().Count(node.Log) is var count && count >= atLeast ? null : $"{count}",
        node);

    [GeneratedRegex(@"^\[\d{10}\] \S")]
    private static partial Regex LogLine();

    [GeneratedRegex(@"SERVICE ALERT: h;s;CRITICAL;HARD;1;alert (\d+) ")]
    private static partial Regex Alert();
}
