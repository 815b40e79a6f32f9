using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>The sync blocks of merlin.conf, by themselves, between real daemons.</summary>
public sealed class FileSynchronisationTests : ClusterTest
{
    [Fact]
    public async Task File_ChangedAtTheSender_ArrivesByItselfAndTheFormerIsKept()
    {
        var pair = await StartAsync();
        await File.WriteAllTextAsync(pair.Source, "one");
        pair.Configure();

        await pair.ArrivesAsync("a file", pair.Target, "one");
        await pair.SaysAsync("a file", isInStep: true, "");
        await File.WriteAllTextAsync(pair.Source, "two");
        File.SetUnixFileMode(pair.Source, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await pair.ArrivesAsync("a change", pair.Target, "two");

        var said = await pair.SaysAsync("a change", isInStep: true, "");
        Assert.Equal(pair.Target, said.PathThere);
        Assert.NotNull(said.LastSame);
        Assert.Equal(File.GetUnixFileMode(pair.Source), File.GetUnixFileMode(pair.Target));
        Assert.Equal(File.GetLastWriteTimeUtc(pair.Source), File.GetLastWriteTimeUtc(pair.Target));
        Assert.EndsWith(pair.Target, Assert.Single(pair.Backups), StringComparison.Ordinal);
        var status = (await pair.Sender.MonAsync("sync", "status")).Expect(0).Output;
        Assert.Contains($"peer p2:\n  to   {pair.Source} (there {pair.Target}): in step", status, StringComparison.Ordinal);
        var there = (await pair.Receiver.MonAsync("node", "status")).Expect(0).Output;
        Assert.Contains($"Synchronised from {pair.Target}: in step", there, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_WithDeletionAndAPeerAway_IsTheSameAgain()
    {
        var pair = await StartAsync();
        Directory.CreateDirectory(pair.Source + "/sub");
        await File.WriteAllTextAsync(pair.Source + "/sub/a", "a");
        await File.WriteAllTextAsync(pair.Source + "/b", "b");
        File.CreateSymbolicLink(pair.Source + "/c", "sub/a");
        pair.Configure();
        await pair.ArrivesAsync("a folder", pair.Target + "/sub/a", "a");
        await pair.SaysAsync("a folder", isInStep: true, "");
        Assert.Equal(["b", "c", "sub/a"], SynchronisedPair.FilesIn(pair.Target));
        Assert.Equal("sub/a", new FileInfo(pair.Target + "/c").LinkTarget);

        // Away, and killed where it stands; meanwhile one goes, one comes, one changes.
        var pid = pair.Receiver.Pid;
        pair.Receiver.Kill();
        await pair.Receiver.WaitForEndAsync(pid);
        Directory.Delete(pair.Source + "/sub", recursive: true);
        File.Delete(pair.Source + "/c");
        await File.WriteAllTextAsync(pair.Source + "/b", "b2");
        await File.WriteAllTextAsync(pair.Source + "/d", "d");
        await pair.SaysAsync("the peer away", isInStep: false, "p2 is not connected");
        Assert.Contains("last the same", (await pair.Sender.MonAsync("sync", "status")).Expect(1).Output, StringComparison.Ordinal);
        await pair.Receiver.StartAsync();

        await pair.ArrivesAsync("the peer back", pair.Target + "/b", "b2");
        await pair.SaysAsync("the peer back", isInStep: true, "");
        Assert.Equal(["b", "d"], SynchronisedPair.FilesIn(pair.Target));
        Assert.Equal(3, pair.Backups.Count);
    }

    [Fact]
    public async Task Path_NotAllowedAtTheReceiver_WaitsForAPushAndSaysSo()
    {
        var pair = await StartAsync();
        await File.WriteAllTextAsync(pair.Source, "one");
        pair.Configure(isAccepted: false);

        await pair.SaysAsync("not allowed", isInStep: false, $"'{pair.Target} = accept'");

        Assert.False(File.Exists(pair.Target));
        var status = (await pair.Sender.MonAsync("node", "status")).Expect(0).Output;
        Assert.Contains("until then 'mon oconf push' brings it", status, StringComparison.Ordinal);
        Assert.Contains("goes by a push", status, StringComparison.Ordinal);
        SynchronisedPair.AddTo(pair.Receiver, pair.Sender, $"{pair.Target} = accept");
        await pair.ArrivesAsync("allowed", pair.Target, "one");
    }

    [Fact]
    public async Task Folder_WithWhatIsNotTaken_SaysSoAndBringsTheRest()
    {
        var pair = await StartAsync();
        Directory.CreateDirectory(pair.Source);
        File.CreateSymbolicLink(pair.Source + "/out", "/etc/passwd");
        await using (var huge = File.Create(pair.Source + "/huge"))
        {
            huge.SetLength((64 << 20) + 1);
        }

        await File.WriteAllTextAsync(pair.Source + "/good", "good");
        pair.Configure();

        await pair.ArrivesAsync("the rest", pair.Target + "/good", "good");
        await pair.SaysAsync("the rest", isInStep: false, "'out' is a link that leads out of it, to '/etc/passwd'");
        await pair.SaysAsync("the rest", isInStep: false, "'huge' has 67108865 bytes");
        Assert.Equal(["good"], SynchronisedPair.FilesIn(pair.Target));
        File.Delete(pair.Source + "/out");
        File.Delete(pair.Source + "/huge");
        await pair.SaysAsync("only what is taken", isInStep: true, "");
    }

    [Fact]
    public async Task Receiver_KilledWhileItWrites_GoesOnWhereItWas()
    {
        var pair = await StartAsync();
        Directory.CreateDirectory(pair.Source);
        for (var i = 0; i < 600; i++)
        {
            await File.WriteAllTextAsync($"{pair.Source}/{i}", new string('x', 40_000 + i));
        }

        pair.Configure();
        await Eventually.HoldsAsync(
            "a large folder",
            "the first files are there",
            Limits.LiveChange,
            () => SynchronisedPair.FilesIn(pair.Target).Any(name => !name.StartsWith('.')) ? null : "none is",
            pair.Sender,
            pair.Receiver);
        var pid = pair.Receiver.Pid;
        pair.Receiver.Kill();
        await pair.Receiver.WaitForEndAsync(pid);
        Assert.All(
            Directory.EnumerateFiles(pair.Target).Where(file => !Path.GetFileName(file).StartsWith('.')),
            file => Assert.Equal(new FileInfo(pair.Source + "/" + Path.GetFileName(file)).Length, new FileInfo(file).Length));

        await pair.Receiver.StartAsync();

        await pair.SaysAsync("after a kill", isInStep: true, "");
        Assert.Equal(SynchronisedPair.FilesIn(pair.Source), SynchronisedPair.FilesIn(pair.Target));
    }

    [Fact]
    public async Task Path_SentByBoth_TakesTheLaterOfTwoEditsAndKeepsTheOther()
    {
        var pair = await StartAsync();
        SynchronisedPair.AddTo(pair.Sender, pair.Receiver, $"{pair.Source} {pair.Target}");
        SynchronisedPair.AddTo(pair.Receiver, pair.Sender, $"{pair.Target} {pair.Source}");
        await File.WriteAllTextAsync(pair.Source, "first");
        await pair.ArrivesAsync("both send", pair.Target, "first");
        await pair.SaysAsync("both send", isInStep: true, "");

        await File.WriteAllTextAsync(pair.Target, "edited at the other");
        await pair.ArrivesAsync("an edit at the other", pair.Source, "edited at the other");
        await pair.SaysAsync("an edit at the other", isInStep: true, "");
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await File.WriteAllTextAsync(pair.Target, "earlier");
        File.SetLastWriteTimeUtc(pair.Target, now.AddSeconds(-5));
        await File.WriteAllTextAsync(pair.Source, "later");
        File.SetLastWriteTimeUtc(pair.Source, now);

        await pair.ArrivesAsync("two edits", pair.Target, "later");
        await pair.SaysAsync("two edits", isInStep: true, "");
        Assert.Equal("later", await File.ReadAllTextAsync(pair.Source));
    }

    private async Task<SynchronisedPair> StartAsync() =>
        new(await StartClusterAsync(TracedSite(hosts: 2, services: 0), peers: 2), Folder);
}
