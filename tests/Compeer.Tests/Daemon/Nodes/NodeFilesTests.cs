using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Daemon.Links;
using Compeer.Daemon.Nodes;

namespace Compeer.Tests.Daemon.Nodes;

public sealed class NodeFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly NodeKey _own;
    private readonly NodeKey _other;

    public NodeFilesTests()
    {
        _own = NodeKey.LoadOrCreate(_folder.File("own/node.key"));
        _other = NodeKey.LoadOrCreate(_folder.File("other/node.key"));
        _folder.Write("own.pub", _own.Pin.ToPem());
        _folder.Write("other.pub", _other.Pin.ToPem());
    }

    public void Dispose()
    {
        _own.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Read_NoFile_IsANodeAlone()
    {
        Assert.Same(NodeSet.Alone, Read("absent.conf", out var findings));
        Assert.Empty(findings);
    }

    [Fact]
    public void Read_PeerWithKey_CanBeReached()
    {
        _folder.Write("merlin.conf", "peer peer02 {\n address = 192.0.2.2\n publickey = other.pub\n}\n");
        var nodes = Read("merlin.conf", out _)!;
        var target = Assert.Single(nodes.Targets);
        Assert.Equal(("peer02", "192.0.2.2", 15551), (target.Name, target.Address, target.Port));
        Assert.Equal(_other.Pin.Id, Assert.Single(nodes.Neighbours).Id);
    }

    /// <summary>Whether a poller notifies says its masters' block for it, and the block of its own module: towards its masters.</summary>
    [Theory]
    [InlineData("", "poller", "notifies = no", false)]
    [InlineData("", "poller", "notifies = yes", true)]
    [InlineData("module {\n notifies = no\n}\n", "master", "", false)]
    [InlineData("module {\n notifies = yes\n}\n", "master", "", true)]
    [InlineData("module {\n notifies = no\n}\n", "poller", "", true)]
    public void Read_Notifies_IsTheNeighbours(string module, string kind, string line, bool expected)
    {
        var groups = kind == "poller" ? " hostgroup = west\n" : "";
        _folder.Write("merlin.conf", $"{module}{kind} a {{\n{groups} publickey = other.pub\n {line}\n}}\n");

        Assert.Equal(expected, Assert.Single(Read("merlin.conf", out _)!.Neighbours).Notifies);
    }

    [Fact]
    public void Read_Uuids_AreWhatIsToldAndWhatIsExpected()
    {
        _folder.Write("merlin.conf", "ipc_uuid = mine\npeer a {\n publickey = other.pub\n uuid = theirs\n}\n");
        var neighbour = Assert.Single(Read("merlin.conf", out _)!.Neighbours);
        Assert.Equal(("mine", "theirs"), (neighbour.OwnUuid, neighbour.Uuid));

        _folder.Write("merlin.conf", "peer a {\n publickey = other.pub\n}\n");
        neighbour = Assert.Single(Read("merlin.conf", out _)!.Neighbours);
        Assert.Equal(("", ""), (neighbour.OwnUuid, neighbour.Uuid));
    }

    [Fact]
    public void Read_KeyThatNobodyNamedAFileFor_IsTheOneCalledAfterTheNode()
    {
        _folder.Write("merlin.conf", "peer peer02 {\n}\npeer peer03 {\n publickey = other.pub\n}\n");
        var files = new NodeFiles(_folder.File("merlin.conf"), _own.Pin.Id);
        var before = files.Read(out _)!;
        Assert.Null(before.Nodes[0].Pin);
        Assert.Contains("'mon sshkey push peer02' brings it", before.Nodes[0].KeyProblem, StringComparison.Ordinal);
        var signature = files.Signature(before);

        using var third = NodeKey.LoadOrCreate(_folder.File("third/node.key"));
        Directory.CreateDirectory(_folder.File("keys"));
        _folder.Write("keys/peer02.pem", "names = peer02 10.0.0.2\n" + third.Pin.ToPem());
        _folder.Write("keys/peer03.pem", third.Pin.ToPem());

        Assert.NotEqual(signature, files.Signature(before));
        var nodes = files.Read(out _)!.Nodes;
        Assert.Equal((third.Pin.Id, _other.Pin.Id), (nodes[0].Pin!.Id, nodes[1].Pin!.Id));
    }

    [Theory]
    [InlineData("", "mon node key")]
    [InlineData("publickey = absent.pub", "absent.pub")]
    [InlineData("publickey = own.pub", "own key")]
    public void Read_PeerWithoutUsableKey_StaysKnownWithTheReason(string line, string reason)
    {
        _folder.Write("merlin.conf", $"peer peer02 {{\n address = 192.0.2.2\n {line}\n}}\n");
        var nodes = Read("merlin.conf", out _)!;
        var node = Assert.Single(nodes.Nodes);
        Assert.Null(node.Pin);
        Assert.Contains(reason, node.KeyProblem, StringComparison.Ordinal);
        Assert.Empty(nodes.Neighbours);
    }

    [Fact]
    public void Read_TwoPeersWithOneKey_SecondIsRefused()
    {
        _folder.Write("merlin.conf", "peer a {\n publickey = other.pub\n}\npeer b {\n publickey = other.pub\n}\n");
        var nodes = Read("merlin.conf", out _)!;
        Assert.NotNull(nodes.Nodes[0].Pin);
        Assert.Contains("that of a", nodes.Nodes[1].KeyProblem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingBrace_GivesNothingButTheFinding()
    {
        _folder.Write("merlin.conf", "peer a {\n address = 192.0.2.2\n");
        Assert.Null(Read("merlin.conf", out var findings));
        Assert.Contains(findings, finding => finding.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void Signature_KeyFileChanged_IsAnother()
    {
        _folder.Write("merlin.conf", "peer a {\n publickey = other.pub\n}\n");
        var nodes = Read("merlin.conf", out _)!;
        var files = new NodeFiles(_folder.File("merlin.conf"), _own.Pin.Id);
        var before = files.Signature(nodes);
        Assert.Equal(before, files.Signature(nodes));
        File.AppendAllText(_folder.File("other.pub"), "\n");
        Assert.NotEqual(before, files.Signature(nodes));
    }

    private NodeSet? Read(string file, out ImmutableArray<Diagnostic> findings) =>
        new NodeFiles(_folder.File(file), _own.Pin.Id).Read(out findings);
}
