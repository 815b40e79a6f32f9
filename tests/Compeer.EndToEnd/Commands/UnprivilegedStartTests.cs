using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Commands;

/// <summary>Root starts the daemon, and it runs as somebody else, whatever root left behind before.</summary>
[Collection(Alone.Name)]
public sealed class UnprivilegedStartTests : ClusterTest
{
    private const UnixFileMode RootOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Entered = RootOnly | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly TestUser _user = TestUser.Take("compeer-test");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_VarGivenToAUserAfterARunAsRoot_RunsAsThatUserWithAllItNeeds(bool recursive)
    {
        Own(_user);
        var node = await RunAsRootAsync();
        _user.Give(node.Paths.VariableFolder, recursive);

        var start = (await node.MonAsync("start")).Expect(0);

        await AssertRunsAsAsync(node, _user.Name);
        Assert.Contains($"gave {node.Paths.MerlinFolder} to the user {_user.Name}", start.Error, StringComparison.Ordinal);
        Assert.Contains($"made {node.Paths.ConfigurationFolder} readable", start.Error, StringComparison.Ordinal);
        (await node.MonAsync("reload")).Expect(0);
        var again = (await node.MonAsync("restart")).Expect(0);
        Assert.DoesNotContain("gave ", again.Error, StringComparison.Ordinal);
        await AssertRunsAsAsync(node, _user.Name);
        (await node.MonAsync("stop")).Expect(0);
    }

    [Fact]
    public async Task Start_UserMonitorExists_RunsAsMonitor()
    {
        Own(_user);
        var monitor = Own(TestUser.Take("monitor"));
        var node = await RunAsRootAsync();

        var start = (await node.MonAsync("start")).Expect(0);

        Assert.Contains($"gave {node.Paths.VariableFolder} to the user monitor", start.Error, StringComparison.Ordinal);
        await AssertRunsAsAsync(node, monitor.Name);
        (await node.MonAsync("stop")).Expect(0);
    }

    [Fact]
    public async Task Start_FolderAboveTheTreeIsClosed_SaysWhichAndWhatToDo()
    {
        Own(_user);
        var node = Single(TracedSite(hosts: 1, services: 0));
        _user.Give(node.Paths.VariableFolder, recursive: false);
        File.SetUnixFileMode(Folder.Path, RootOnly | UnixFileMode.UserExecute);

        var start = (await node.MonAsync("start")).Expect(1);

        Assert.Contains($"cannot enter {Folder.Path}; let others in (chmod o+x {Folder.Path})", start.Error, StringComparison.Ordinal);
    }

    /// <summary>What a first run as root leaves: its log, its key, its pid file; and a configuration for root's eyes only.</summary>
    private async Task<MonitorNode> RunAsRootAsync()
    {
        var node = Single(TracedSite(hosts: 1, services: 1, interval: 1));
        File.SetUnixFileMode(Folder.Path, Entered | UnixFileMode.OtherWrite);
        File.SetUnixFileMode(Path.Combine(Folder.Path, "states"), Entered);
        await File.WriteAllTextAsync(Folder.File("trace"), "");
        File.SetUnixFileMode(Folder.File("trace"), Entered | UnixFileMode.OtherWrite);
        await node.StartAsync();
        Assert.Contains("mond runs as root; start it with 'mon start'", node.Output, StringComparison.Ordinal);
        node.Signal(Native.Terminate);
        Assert.Equal(0, await node.ExitCodeAsync());
        File.SetUnixFileMode(Path.Combine(node.Paths.ConfigurationFolder, "resource.cfg"), RootOnly);
        return node;
    }

    private static async Task AssertRunsAsAsync(MonitorNode node, string user)
    {
        var owner = File.ReadLines($"/proc/{node.Pid}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        var entry = File.ReadLines("/etc/passwd").First(line => line.StartsWith(user + ":", StringComparison.Ordinal));
        Assert.Equal(entry.Split(':')[2], owner.Split('\t')[1]);
        await Eventually.HoldsAsync(
            $"mond runs as {user}",
            "its checks run and its log goes on",
            Limits.Moment,
            async () => (await node.ObjectAsync("h01:s1")).Output == "fine"
                && node.LogTexts.Any(line => line.Contains($"(PID={node.Pid})", StringComparison.Ordinal))
                    ? null
                    : "not yet",
            node);
    }
}
