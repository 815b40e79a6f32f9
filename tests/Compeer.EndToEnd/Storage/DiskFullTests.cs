using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Storage;

/// <summary>The disk below var has no room, or takes no more files, while the daemon runs: said, nothing stops, what was there stays, and
/// what came meanwhile is there as soon as there is room.</summary>
public sealed class DiskFullTests : ClusterTest
{
    /// <summary>A configuration that is not kept is tried again every ten seconds.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(60);

    private string Pipe => Folder.File("naemon.cmd");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_DiskFullAndFreed_SaysSoGoesOnAndKeepsEverythingThen(bool isOutOfFiles)
    {
        var node = Own(new MonitorNode(Folder, "p1"));
        var retention = RetentionFile(node);
        Site(node, hosts: 1).WriteTo(node);
        var disk = Own(new SmallDisk(node.Paths.VariableFolder, kilobytes: 4096, files: 200));
        await node.StartAsync();
        await CommandAsync("ADD_HOST_COMMENT;h01;1;ada;before");
        await CommandAsync("SAVE_STATE_INFORMATION");
        await Eventually.HoldsAsync(
            "before", "the files are written", Limits.Agreement,
            () => File.Exists(StatusFile(node)) && File.Exists(retention)
                && File.ReadAllText(retention).Contains("before", StringComparison.Ordinal)
                && File.Exists(StateFile(node)) ? null : "they are not",
            node);
        var saved = await File.ReadAllTextAsync(retention);
        Fill(disk, isOutOfFiles);
        var reservedAt = File.GetLastWriteTimeUtc(StateFile(node));

        await CommandAsync("ADD_HOST_COMMENT;h01;1;ada;meanwhile");
        Site(node, hosts: 2).WriteTo(node);
        await node.MonAsync("reload");
        await CommandAsync("SAVE_STATE_INFORMATION");
        await GoesOnAsync(node);
        if (!isOutOfFiles)
        {
            await Eventually.HoldsAsync(
                "full", "the status says so", Limits.Agreement,
                async () => (await node.StatusAsync()).Warnings.Any(warning =>
                    warning.Contains("what outlives a restart is not written: ", StringComparison.Ordinal)
                    && warning.Contains("no space is left on the disk", StringComparison.Ordinal)) ? null : "it does not",
                node);
        }

        Assert.Equal(saved, await File.ReadAllTextAsync(retention));
        disk.Free();

        await IsWrittenAsync(node);
        Assert.True(File.GetLastWriteTimeUtc(StateFile(node)) > reservedAt);
        await CommandAsync("SAVE_STATE_INFORMATION");
        await Eventually.HoldsAsync(
            "free again", "what came meanwhile is saved, and nothing unfinished is left", Limits.Agreement,
            () => File.ReadAllText(retention).Contains("meanwhile", StringComparison.Ordinal)
                && Directory.GetFiles(node.Paths.VariableFolder, "*.new").Length == 0 ? null : "it is not", node);
        var pid = node.Pid;
        node.Kill();
        await node.WaitForEndAsync(pid);
        await node.StartAsync();
        Assert.Equal(2, Directory.GetFiles(Path.Combine(node.Paths.VariableFolder, "configuration", "versions"), "*.json").Length);
        await CommandAsync("SAVE_STATE_INFORMATION");
        await Eventually.HoldsAsync(
            "killed and started", "both comments are there", Limits.Agreement,
            () => File.ReadAllText(retention) is var text && text.Contains("before", StringComparison.Ordinal)
                && text.Contains("meanwhile", StringComparison.Ordinal) ? null : text, node);
    }

    private async Task GoesOnAsync(MonitorNode node)
    {
        var before = Plugin.Runs().Count;
        await Eventually.HoldsAsync(
            "full", "checks go on, those of the new host too", Limits.Agreement,
            () => Plugin.Runs().Skip(before).Count(run => run.Object == "h02:") is var runs && runs > 3 ? null : $"{runs} runs", node);
    }

    private static async Task IsWrittenAsync(MonitorNode node)
    {
        string[] expected =
            [$"{StateFile(node)} can be written again", " is kept now", $"status_file {StatusFile(node)} is written again"];
        await Eventually.HoldsAsync(
            "free again", "all is written", Again,
            async () => (await node.StatusAsync()).Warnings.FirstOrDefault(
                warning => warning.Contains("outlives", StringComparison.Ordinal))
                ?? expected.FirstOrDefault(words => !node.LogTexts.Any(line => line.EndsWith(words, StringComparison.Ordinal))),
            node);
        string[] once =
        [
            $"Error: cannot write {StateFile(node)}: no space", "Error: this configuration cannot be kept",
            $"Warning: status_file {StatusFile(node)} ",
        ];
        Assert.All(once, said => Assert.Single(node.LogTexts, line => line.StartsWith(said, StringComparison.Ordinal)));
    }

    private static void Fill(SmallDisk disk, bool isOutOfFiles)
    {
        if (isOutOfFiles)
        {
            disk.FillWithFiles();
        }
        else
        {
            disk.Fill();
        }
    }

    private static string StateFile(MonitorNode node) => Path.Combine(node.Paths.VariableFolder, "node.state");

    private static string StatusFile(MonitorNode node) => Path.Combine(node.Paths.VariableFolder, "status.dat");

    private static string RetentionFile(MonitorNode node) => Path.Combine(node.Paths.VariableFolder, "kept.dat");

    private SiteConfiguration Site(MonitorNode node, int hosts) => TracedSite(hosts, services: 0, interval: 1).Set("command_file", Pipe)
        .Set("status_update_interval", "1").Set("status_file", StatusFile(node)).Set("state_retention_file", RetentionFile(node));

    private async Task CommandAsync(string command)
    {
        await using var writer = new FileStream(Pipe, FileMode.Open, FileAccess.Write);
        await writer.WriteAsync(Encoding.UTF8.GetBytes($"[{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}] {command}\n"));
    }
}
