using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Storage;

/// <summary>Bad days of the disk below var: said in one clear line, monitoring goes on, and what was meant to be kept is kept when the
/// disk is well again.</summary>
public sealed class BadDiskTests : ClusterTest
{
    private const string Retained = """
        info {
        created=1700000000
        version=4.4.6
        }
        hostcomment {
        host_name=h01
        entry_type=1
        comment_id=7
        source=1
        persistent=1
        entry_time=1700000000
        expires=0
        expire_time=0
        author=anna
        comment_data=disk ordered
        }

        """;

    [Fact]
    public async Task Import_DiskFull_SaysSoLeavesNothingAndWorksWhenThereIsRoom()
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        var file = Folder.File("retention.dat");
        await File.WriteAllTextAsync(file, Retained);
        var disk = Own(new SmallDisk(node.Paths.VariableFolder, kilobytes: 64));
        disk.Fill();

        var refused = (await node.MonAsync("retention", "import", file)).Expect(1);

        Assert.Contains(
            $"{node.Paths.StagedRetention} cannot be written: no space is left on the disk", refused.Error, StringComparison.Ordinal);
        Assert.Single(refused.Error.TrimEnd('\n').Split('\n'));
        Assert.False(File.Exists(node.Paths.StagedRetention));
        Assert.False(File.Exists(node.Paths.StagedRetention + ".new"));

        disk.Grow(kilobytes: 8192);
        (await node.MonAsync("retention", "import", file)).Expect(0);
        await node.StartAsync();
        var again = (await node.MonAsync("retention", "import", file)).Expect(0);
        Assert.Contains("0 taken, 1 left as they are", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_VariableFolderReadOnly_IsOneClearLine()
    {
        var node = Single(TracedSite(hosts: 1, services: 0));
        using var folder = new ReadOnlyFolder(node.Paths.VariableFolder);

        var started = (await node.MondAsync()).Expect(1);

        Assert.Contains("the file system is mounted read-only", started.Error, StringComparison.Ordinal);
        Assert.Single(started.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Run_VariableFolderReadOnly_SaysSoGoesOnAndWritesWhenItMay()
    {
        Folder.Script("counts", $"echo x >>'{Folder.File("n")}'\necho fine");
        var node = Own(new MonitorNode(Folder, "p1"));
        var status = Path.Combine(node.Paths.VariableFolder, "status.dat");
        new SiteConfiguration(Folder).Command("counts", "$USER3$/counts").Host("h", "counts", interval: 1)
            .Set("status_update_interval", "1").Set("status_file", status).WriteTo(node);
        await node.StartAsync();
        using (new ReadOnlyFolder(node.Paths.VariableFolder))
        {
            await Eventually.HoldsAsync(
                "read-only", "the log says so", Limits.Agreement,
                () => node.LogTexts.Any(line => line.StartsWith("Warning: status_file ", StringComparison.Ordinal)
                    && line.EndsWith("read-only; monitoring goes on without it", StringComparison.Ordinal)) ? null : node.Log,
                node);
            var before = Checks();
            await Eventually.HoldsAsync(
                "read-only", "checks go on", Limits.Agreement,
                () => Checks() is var now && now > before + 2 ? null : $"{now} checks", node);
        }

        await Eventually.HoldsAsync(
            "writable again", "the file is written", Limits.Agreement,
            () => node.LogTexts.Any(line => line.EndsWith(" is written again", StringComparison.Ordinal)) ? null : node.Log, node);
        Assert.True(File.Exists(status));
        node.Signal(Native.Terminate);
        Assert.Equal(0, await node.ExitCodeAsync());
    }

    private int Checks() => File.Exists(Folder.File("n")) ? File.ReadAllLines(Folder.File("n")).Length : 0;
}
