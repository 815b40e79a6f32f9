using System.Text;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Nodes.Reading;
using Compeer.Configuration.Synchronisation;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Synchronisation;
using Compeer.Tests.Configuration.Synchronisation;

namespace Compeer.Tests.Daemon.Synchronisation;

/// <summary>What a neighbour offers, and a test that plays the neighbour: a good one, and one with a right key and wrong content.</summary>
public sealed class IncomingTests : IDisposable
{
    private static readonly NodeId Neighbour = new(7);
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    private readonly TemporaryFolder _folder = new();
    private readonly List<FilesInput> _inputs = [];
    private readonly List<string> _parts = [];
    private TaskCompletionSource<string> _takingPart = new();
    private readonly Incoming _incoming;
    private readonly SynchronisationRecords _records;

    public IncomingTests()
    {
        var work = _folder.File("p/var/sync");
        _records = new SynchronisationRecords(work + "/records");
        _incoming = new Incoming(Neighbour, new SynchronisationParts(
            work,
            new TreeScanner(TimeProvider.System),
            _records,
            new BackupFolder(work + "/backup", TimeProvider.System),
            new PathRules(MonitorPaths.FromPrefix(_folder.File("p"))),
            _inputs.Add,
            (_, _) => null,
            (objects, master) =>
            {
                _parts.Add($"{master}: {Encoding.UTF8.GetString(objects.Span)}");
                return _takingPart.Task;
            },
            _ => null));
        Configure($"{Kept} = accept");
    }

    private string Kept => _folder.File("kept");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Offer_IsFetchedWrittenAndReported()
    {
        var report = Receive(Trees.Folder("a=one@630000000000000000"), "one");

        Assert.Equal((PathOutcome.Same, Kept), (report.Outcome, report.Path));
        Assert.Contains(
            "the owner or group of 2 of its files is another (nobody-anywhere:nobody-anywhere of the whole)",
            report.Reason,
            StringComparison.Ordinal);
        Assert.Equal("one", File.ReadAllText(Kept + "/a"));
        Assert.Empty(_incoming.Advance(Now));

        // Where only the other sends, what it has rules: an edit here is undone.
        File.WriteAllText(Kept + "/a", "edited here");
        _incoming.Advance(Now);
        Assert.Equal([Trees.HashOf("one")], Assert.IsType<FilesInput.Want>(_inputs[^1]).Hashes);
        Send("one"u8.ToArray());
        _incoming.Advance(Now);
        Assert.Equal("one", File.ReadAllText(Kept + "/a"));
    }

    [Theory]
    [InlineData("/nowhere", "the receiver's merlin.conf does not let the sender write it: '/nowhere = accept'")]
    [InlineData("PATH/../other", "the receiver's merlin.conf does not let the sender write it")]
    [InlineData("PATHx", "the receiver's merlin.conf does not let the sender write it")]
    [InlineData("PREFIX/op5/merlin/merlin.conf", "the keys and the nodes of the cluster")]
    [InlineData("PREFIX/op5/merlin", "the keys and the nodes of the cluster")]
    [InlineData("PREFIX/var/node.state", "mond's own files")]
    [InlineData("PREFIX/etc/naemon.cfg", "the main configuration")]
    public void Offer_OfWhatIsNotAllowed_IsRefusedWithoutFetchingIt(string path, string reason)
    {
        Configure($"{Kept} = accept", $"{_folder.File("p")} = accept");
        var offered = path.Replace("PATH", Kept, StringComparison.Ordinal).Replace("PREFIX", _folder.File("p"), StringComparison.Ordinal);
        _incoming.Take([new OfferedPath(offered, new string('a', 64))]);

        var report = Assert.Single(_incoming.Advance(Now));

        var isAllowance = reason.Contains("does not let", StringComparison.Ordinal);
        Assert.Equal(isAllowance ? PathOutcome.Pushed : PathOutcome.Refused, report.Outcome);
        Assert.Contains(reason, report.Reason, StringComparison.Ordinal);
        Assert.Empty(_inputs.OfType<FilesInput.Want>());
    }

    [Theory]
    [InlineData("file 644 m m 1 4 HASH ../evil", "a name that leads elsewhere")]
    [InlineData("file 644 m m 1 4 HASH a/../../evil", "a name that leads elsewhere")]
    [InlineData("link 2 .. a", "a link that leads out of it")]
    [InlineData("link 11 /etc/passwd a", "a link that leads out of it")]
    [InlineData("file 644 m m 1 99999999999 HASH a", "a file of 99999999999 bytes")]
    [InlineData("fifo a", "a line that makes no sense")]
    public void Manifest_OfAHostileNode_IsRefusedAsAWhole(string line, string reason)
    {
        var text = $"compeer files 1\nfolder 755 m m \n{line.Replace("HASH", Trees.HashOf("evil"), StringComparison.Ordinal)}\n";
        var report = Assert.Single(Offer(Encoding.UTF8.GetBytes(text)));

        Assert.Equal(PathOutcome.Refused, report.Outcome);
        Assert.Contains(reason, report.Reason, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Kept));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "evil", SearchOption.AllDirectories));
    }

    [Fact]
    public void Manifest_LongerThanAllowed_IsCutOff()
    {
        _incoming.Take([new OfferedPath(Kept, new string('a', 64))]);
        _incoming.Advance(Now);

        _incoming.Take(Piece(new string('a', 64), 0, 1L << 40, new byte[1000]), Now);

        var report = Assert.Single(_inputs.OfType<FilesInput.Report>()).Paths[0];
        Assert.Contains("the receiver was sent a file of 1099511627776 bytes", report.Reason, StringComparison.Ordinal);
        Assert.IsType<FilesInput.Want>(_inputs[^2]);
    }

    [Fact]
    public void Content_ThatIsNotWhatItsHashSays_IsNotWritten()
    {
        var tree = Trees.Folder("a=good@5");
        Offer(FileManifest.Encode(tree));
        _incoming.Take(Piece(Trees.HashOf("good"), 0, 4, "evil"u8.ToArray()), Now);

        var report = Assert.Single(_inputs.OfType<FilesInput.Report>()).Paths[0];
        Assert.Contains("not what its hash says", report.Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(Kept + "/a"));
    }

    [Fact]
    public void Content_ThatDoesNotCome_IsSaidAndDoesNotHoldUpOthers()
    {
        Configure($"{Kept} = accept", $"{_folder.File("other")} = accept");
        var manifest = FileManifest.Encode(Trees.Folder("a=x@5"));
        _incoming.Take(
        [
            new OfferedPath(Kept, new string('b', 64)), new OfferedPath(_folder.File("other"), ConfigurationManifest.HashOf(manifest)),
        ]);
        Assert.Empty(_incoming.Advance(Now));

        var report = Assert.Single(_incoming.Advance(Now.AddMinutes(1)));

        Assert.Equal((Kept, "what was offered does not come"), (report.Path, report.Reason));
        Assert.Equal([ConfigurationManifest.HashOf(manifest)], Assert.IsType<FilesInput.Want>(_inputs[^1]).Hashes);
    }

    [Fact]
    public void Folder_WhereAFileIs_IsRefused()
    {
        _folder.Write("kept", "a file");

        var report = Assert.Single(Offer(FileManifest.Encode(Trees.Folder("a=x@5"))));

        Assert.Equal("it is a file at the receiver and a folder at the sender", report.Reason);
        Assert.Equal("a file", File.ReadAllText(Kept));
    }

    [Fact]
    public void Mutual_NewerHere_WaitsForTheOther()
    {
        Configure(Kept);
        _folder.Write("kept/a", "mine is newer");

        var report = Assert.Single(Offer(FileManifest.Encode(Trees.Folder("a=old@630000000000000000"))));

        Assert.Equal((PathOutcome.Waiting, "the receiver has something newer"), (report.Outcome, report.Reason));
        Assert.Equal("mine is newer", File.ReadAllText(Kept + "/a"));
    }

    [Fact]
    public void Mutual_DeletedHereSinceBothHadIt_StaysDeleted()
    {
        Configure(Kept);
        var tree = Trees.Folder("a=one@630000000000000000", "b=two@630000000000000000");
        Assert.Equal(PathOutcome.Same, Receive(tree, "one", "two").Outcome);
        File.Delete(Kept + "/a");

        var report = Assert.Single(_incoming.Advance(Now));

        Assert.Equal(PathOutcome.Waiting, report.Outcome);
        Assert.False(File.Exists(Kept + "/a"));
    }

    [Fact]
    public void Offer_PartOfAMastersConfiguration_IsTakenUpOnceAndWhatComesOfItIsReported()
    {
        _incoming.Follow(Definition("master a {\n}\n"));

        Assert.Empty(OfferPart("objects"));
        Assert.Equal(["a: objects"], _parts);
        Assert.Empty(_incoming.Advance(Now));
        _takingPart.SetResult("");
        Assert.Equal(PathOutcome.Same, Assert.Single(_incoming.Advance(Now)).Outcome);
        Assert.Empty(_incoming.Advance(Now));
        Assert.Single(_parts);

        _takingPart = new TaskCompletionSource<string>();
        _takingPart.SetResult("there is no command 'x'");
        Assert.Empty(OfferPart("worse"));
        var refused = Assert.Single(_incoming.Advance(Now));
        Assert.Equal((PathOutcome.Refused, "there is no command 'x'"), (refused.Outcome, refused.Reason));
        _inputs.Clear();
        Assert.Empty(_incoming.Advance(Now + TimeSpan.FromSeconds(59)));
        Assert.Empty(_inputs);
        Assert.Empty(_incoming.Advance(Now + TimeSpan.FromSeconds(61)));
        Assert.Equal([Trees.HashOf("worse")], Assert.IsType<FilesInput.Want>(Assert.Single(_inputs)).Hashes);
    }

    [Theory]
    [InlineData("peer a {\n}\n")]
    [InlineData("poller a {\n hostgroup = x\n}\n")]
    public void Offer_PartOfAConfigurationByOneThatIsNoMaster_IsRefused(string block)
    {
        _incoming.Follow(Definition(block));
        _incoming.Take([new OfferedPath(PollerMainFile.ObjectFile, Trees.HashOf("x"))]);

        Assert.Equal(PathOutcome.Refused, Assert.Single(_incoming.Advance(Now)).Outcome);

        Assert.Empty(_inputs);
        Assert.Empty(_parts);
    }

    private static NodeDefinition Definition(string text) =>
        MerlinConfigurationReader.Read("merlin.conf", Encoding.UTF8.GetBytes(text)).Configuration!.Nodes[0];

    private IReadOnlyList<PathReport> OfferPart(string objects)
    {
        var manifest = FileManifest.Encode(new FileTree([Trees.ItemOf($"={objects}@630000000000000000")]));
        _incoming.Take([new OfferedPath(PollerMainFile.ObjectFile, ConfigurationManifest.HashOf(manifest))]);
        Assert.Empty(_incoming.Advance(Now));
        Send(manifest);
        Assert.Empty(_incoming.Advance(Now));
        Assert.Equal([Trees.HashOf(objects)], Assert.IsType<FilesInput.Want>(_inputs[^1]).Hashes);
        Send(Encoding.UTF8.GetBytes(objects));
        return _incoming.Advance(Now);
    }

    private void Configure(params string[] lines) => _incoming.Follow(MerlinConfigurationReader.Read(
        "merlin.conf", Encoding.UTF8.GetBytes($"peer a {{\n sync {{\n{string.Join('\n', lines)}\n }}\n}}\n")).Configuration!.Nodes[0]);

    private PathReport Receive(FileTree tree, params string[] contents)
    {
        Assert.Empty(Offer(FileManifest.Encode(tree)));
        foreach (var content in contents)
        {
            Send(Encoding.UTF8.GetBytes(content));
        }

        return Assert.Single(_incoming.Advance(Now));
    }

    private IReadOnlyList<PathReport> Offer(byte[] manifest)
    {
        _incoming.Take([new OfferedPath(Kept, ConfigurationManifest.HashOf(manifest))]);
        Assert.Empty(_incoming.Advance(Now));
        Assert.Equal([ConfigurationManifest.HashOf(manifest)], Assert.IsType<FilesInput.Want>(_inputs[^1]).Hashes);
        Send(manifest);
        return _incoming.Advance(Now);
    }

    private void Send(byte[] content) => _incoming.Take(Piece(ConfigurationManifest.HashOf(content), 0, content.Length, content), Now);

    private static ClusterEffect.Content Piece(string hash, long offset, long total, byte[] data) =>
        new(hash, offset, total, data) { FilesOf = Neighbour };
}
