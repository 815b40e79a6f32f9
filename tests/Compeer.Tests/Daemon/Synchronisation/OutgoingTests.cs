using System.Text;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes;
using Compeer.Daemon.Synchronisation;
using Compeer.Tests.Configuration.Synchronisation;

namespace Compeer.Tests.Daemon.Synchronisation;

/// <summary>What this node offers a neighbour, and gives it, and nothing else.</summary>
public sealed class OutgoingTests : IDisposable
{
    private static readonly NodeId Neighbour = new(7);

    private readonly TemporaryFolder _folder = new();
    private readonly Outgoing _outgoing;

    public OutgoingTests() => _outgoing = new Outgoing(
        Neighbour,
        new TreeScanner(TimeProvider.System),
        new SynchronisationRecords(_folder.File("records")),
        new PathRules(MonitorPaths.FromPrefix(_folder.File("p"))),
            _ => null);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Look_TellsWhatChanged()
    {
        var file = _folder.Write("a", "one");
        _outgoing.Follow([new SyncEntry(file, "/there")]);

        var first = Assert.Single(_outgoing.Look()!);
        Assert.Equal("/there", first.Path);
        Assert.Null(_outgoing.Look());
        File.WriteAllText(file, "two!");
        Assert.NotEqual(first.Hash, Assert.Single(_outgoing.Look()!).Hash);
        _outgoing.Follow([]);
        Assert.Empty(_outgoing.Look()!);
    }

    [Fact]
    public void Read_GivesManifestAndFilesPieceByPieceAndNothingElse()
    {
        _folder.Write("d/a", "content");
        var secret = _folder.Write("secret", "secret");
        _outgoing.Follow([new SyncEntry(_folder.File("d"), _folder.File("d"))]);
        var offer = Assert.Single(_outgoing.Look()!);

        var manifest = Encoding.UTF8.GetString(_outgoing.Read(offer.Hash, 0, 1000)!.Value.Data);
        Assert.StartsWith("compeer files 1\n", manifest, StringComparison.Ordinal);
        Assert.Equal((7L, "tent"), Piece("content", 3));
        Assert.Equal((7L, ""), Piece("content", 99));
        Assert.Null(_outgoing.Read(Trees.HashOf(File.ReadAllText(secret)), 0, 10));

        // What changed since it was offered is not what was offered.
        _folder.Write("d/a", "changed");
        Assert.Null(_outgoing.Read(Trees.HashOf("content"), 0, 10));
    }

    [Theory]
    [InlineData("nothing", "there is no such file or folder here")]
    [InlineData("file/", "it is no folder here, as the slash at its end says")]
    [InlineData("p/op5", "the keys and the nodes of the cluster")]
    public void Look_WhatCannotGo_SaysWhy(string path, string reason)
    {
        _folder.Write("file", "x");
        _folder.Write("p/op5/merlin/node.key", "secret");
        _outgoing.Follow([new SyncEntry(_folder.File(path), _folder.File(path))]);

        Assert.Empty(_outgoing.Look() ?? []);

        Assert.Contains(reason, _outgoing.Paths[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Hear_OfWhatIsOffered_IsKept()
    {
        _outgoing.Follow([new SyncEntry(_folder.Write("a", "one"), "/there")]);
        var offer = Assert.Single(_outgoing.Look()!);
        var now = DateTimeOffset.UnixEpoch.AddYears(50);

        _outgoing.Hear(new PathReport("/there", new string('0', 64), PathOutcome.Same, ""), now);
        Assert.Null(_outgoing.Paths[0].LastSame);
        _outgoing.Hear(new PathReport("/there", offer.Hash, PathOutcome.Same, ""), now);
        Assert.Equal(now, _outgoing.Paths[0].LastSame);

        // Another run of the daemon remembers.
        var later = new Outgoing(
            Neighbour, new TreeScanner(TimeProvider.System), new SynchronisationRecords(_folder.File("records")),
            new PathRules(MonitorPaths.FromPrefix(_folder.File("p"))),
            _ => null);
        later.Follow([_outgoing.Paths[0].Entry]);
        Assert.NotNull(later.Paths[0].LastSame);
    }

    private (long Total, string Data)? Piece(string content, long offset) =>
        _outgoing.Read(Trees.HashOf(content), offset, 100) is { } piece ? (piece.Total, Encoding.UTF8.GetString(piece.Data)) : null;
}
