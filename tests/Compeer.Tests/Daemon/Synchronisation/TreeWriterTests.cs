using Compeer.Configuration.Synchronisation;
using Compeer.Daemon.Synchronisation;
using Compeer.Platform.Files;
using Compeer.Tests.Configuration.Synchronisation;

namespace Compeer.Tests.Daemon.Synchronisation;

/// <summary>Looking at real files and writing them: what a tree says is what is there afterwards, and nothing else is touched.</summary>
public sealed class TreeWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TreeScanner _scanner = new(TimeProvider.System);
    private readonly TreeWriter _writer;
    private readonly BackupFolder _backup;

    public TreeWriterTests()
    {
        _backup = new BackupFolder(_folder.File("backup"), TimeProvider.System);
        _writer = new TreeWriter(_backup);
        Directory.CreateDirectory(Root);
    }

    private string Root => _folder.File("root");

    private string[] Kept => !Directory.Exists(_folder.File("backup")) ? []
        : [.. Directory.EnumerateFiles(_folder.File("backup"), "*", SearchOption.AllDirectories).Select(File.ReadAllText).Order()];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scan_Folder_SaysWhatIsThereAndLeavesOutWhatCannotGo()
    {
        _folder.Write("root/a", "one");
        _folder.Write("root/sub/b", "two");
        _folder.Write("root/.compeer-sync-1", "unfinished");
        File.CreateSymbolicLink(_folder.File("root/sub/in"), "../a");
        File.CreateSymbolicLink(_folder.File("root/out"), "../secret");
        File.SetUnixFileMode(_folder.File("root/a"), (UnixFileMode)0b101_100_000_000);

        var scan = _scanner.Scan(Root, Root);

        Assert.Equal(["", "a", "out", "sub", "sub/b", "sub/in"], scan.Tree.Items.Keys);
        Assert.Equal((3L, Trees.HashOf("one"), 0x100), (scan.Tree.Items["a"].Bytes, scan.Tree.Items["a"].Hash, scan.Tree.Items["a"].Mode));
        Assert.Equal(File.GetLastWriteTimeUtc(_folder.File("root/a")).Ticks, scan.Tree.Items["a"].Modified);
        Assert.Equal("../a", scan.Tree.Items["sub/in"].Target);
        Assert.Equal(FileKind.Left, scan.Tree.Items["out"].Kind);
        Assert.Equal("'out' is a link that leads out of it, to '../secret'", scan.LeftText);
        Assert.Equal([".compeer-sync-1"], scan.Unfinished);
        TreeWriter.TakeAway(Root, Root, scan.Unfinished);
        Assert.Empty(_scanner.Scan(Root, Root).Unfinished);
    }

    [Fact]
    public void Scan_ChangedFile_IsReadAgain()
    {
        var file = _folder.Write("root/a", "one");
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, longAgo);
        Assert.Equal(Trees.HashOf("one"), _scanner.Scan(Root, Root).Tree.Items["a"].Hash);

        // As long, and with the same time: only the number of the file or its time of change tells.
        File.WriteAllText(file, "two");
        File.SetLastWriteTimeUtc(file, longAgo);
        Assert.Equal(Trees.HashOf("two"), _scanner.Scan(Root, Root).Tree.Items["a"].Hash);
    }

    [Theory]
    [InlineData(1950)]
    [InlineData(1970)]
    [InlineData(2100)]
    public void Scan_TimeOfAnyYear_IsAsTheRuntimeHasIt(int year)
    {
        var time = new DateTime(year, 1, 1, 0, 0, 1, DateTimeKind.Utc).AddTicks(5);
        File.SetLastWriteTimeUtc(_folder.Write("root/a", "one"), time);

        Assert.Equal(time.Ticks, _scanner.Scan(Root, Root).Tree.Items["a"].Modified);
    }

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("nowhere/at/all", "")]
    [InlineData("link", "it is a link; the sync block has to name what it leads to")]
    public void Scan_WhatIsNoFile_SaysSo(string name, string fault)
    {
        File.CreateSymbolicLink(_folder.File("link"), Root);

        var scan = _scanner.Scan(_folder.File(name), _folder.File(name));

        Assert.Equal(fault, scan.Fault);
        Assert.Null(scan.Tree.Root);
    }

    [Fact]
    public void Apply_Changes_MakeTheOtherTreeAndKeepWhatWas()
    {
        _folder.Write("root/a", "old");
        _folder.Write("root/gone/b", "deleted");
        _folder.Write("root/same", "same");
        var to = Trees.Folder("a=new@630000000000000000", "copy=same@630000000000000000", "l>a", "n/", "n/c=deep@630000000000000000");

        Assert.Empty(Apply(TreeMerge.Follow(_scanner.Scan(Root, Root).Tree, to), "new", "deep"));

        Assert.True(_scanner.Scan(Root, Root).Tree.IsSameAs(to));
        Assert.Equal(["deleted", "old", "same"], Kept);
        Assert.Equal("same", File.ReadAllText(_folder.File("root/copy")));
        Assert.Equal(630000000000000000, File.GetLastWriteTimeUtc(_folder.File("root/a")).Ticks);
    }

    [Fact]
    public void Apply_NewFolder_IsMadeAndASingleFileReplaced()
    {
        Directory.Delete(Root);
        Assert.Empty(Apply(Trees.Folder("a=x@5"), "x"));
        Assert.Equal("x", File.ReadAllText(_folder.File("root/a")));

        var file = _folder.Write("single", "old");
        var mine = _scanner.Scan(file, file).Tree;
        Assert.Empty(Apply(file, file, mine, new FileTree([Trees.ItemOf("=new@9")]), "new"));
        Assert.Equal("new", File.ReadAllText(file));
        Assert.Equal(["old"], Kept);
    }

    [Fact]
    public void Apply_LinkPutInTheWayMeanwhile_IsNotFollowed()
    {
        var secret = Directory.CreateDirectory(_folder.File("secret")).FullName;
        _folder.Write("secret/x", "precious");
        _folder.Write("root/d/x", "mine");
        var mine = _scanner.Scan(Root, Root).Tree;
        Directory.Delete(_folder.File("root/d"), recursive: true);
        File.CreateSymbolicLink(_folder.File("root/d"), secret);

        var problems = Apply(Root, Root, mine, Trees.Folder("d/", "d/x=evil@9"), "evil");

        Assert.Contains(problems, problem => problem.StartsWith("'d/x' cannot be written", StringComparison.Ordinal));
        Assert.Equal("precious", File.ReadAllText(_folder.File("secret/x")));
    }

    [Fact]
    public void Apply_LinkBelowWhatIsAllowed_IsNotFollowed()
    {
        var secret = Directory.CreateDirectory(_folder.File("secret")).FullName;
        File.CreateSymbolicLink(_folder.File("root/way"), secret);
        var path = _folder.File("root/way/deep");

        var problems = Apply(path, Root, FileTree.Empty, Trees.Folder("x=evil@9"), "evil");

        Assert.StartsWith("it cannot be written", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(secret));
    }

    [Fact]
    public void Apply_FileThatChangedSinceItWasLookedAt_IsLeft()
    {
        var file = _folder.Write("root/a", "looked at");
        var mine = _scanner.Scan(Root, Root).Tree;
        File.WriteAllText(file, "edited just now");

        Assert.Equal(["'a' changed here at this moment"], Apply(Root, Root, mine, Trees.Folder("a=new@9"), "new"));

        Assert.Equal("edited just now", File.ReadAllText(file));
        Assert.Empty(Directory.EnumerateFiles(Root, ".compeer-sync-*"));
    }

    [Fact]
    public void Apply_ContentThatIsNotThere_LeavesTheFile()
    {
        var file = _folder.Write("root/a", "old");

        Assert.Equal(["'a' changed while it was copied"], Apply(Trees.Folder("a=new@9")));

        Assert.Equal("old", File.ReadAllText(file));
    }

    [Fact]
    public void Backup_TooMany_LosesTheOldest()
    {
        for (var i = 0; i < BackupSets.MaxSets + 3; i++)
        {
            _folder.Write($"backup/{i:d5}/x", "x");
        }

        _backup.Prune();

        Assert.Equal("00003", Directory.EnumerateDirectories(_folder.File("backup")).Select(Path.GetFileName).Order().First());
    }

    private IReadOnlyList<string> Apply(FileTree to, params string[] contents) =>
        Apply(Root, Root, _scanner.Scan(Root, Root).Tree, to, contents);

    private IReadOnlyList<string> Apply(string path, string trusted, FileTree mine, FileTree to, params string[] contents)
    {
        foreach (var content in contents)
        {
            _folder.Write("content/" + Trees.HashOf(content), content);
        }

        _backup.Begin("peer");
        return _writer.Apply(
            path,
            trusted,
            TreeChanges.Between(mine, to),
            mine,
            hash => File.Exists(_folder.File("content/" + hash)) ? File.OpenHandle(_folder.File("content/" + hash)) : null);
    }
}
