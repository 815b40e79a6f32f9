using Compeer.Daemon.Links;
using Compeer.Daemon.Nodes;

namespace Compeer.Tests.Daemon.Nodes;

/// <summary>What merlin.conf asks for in vain is said, with its line.</summary>
public sealed class NodeWarningsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("poller a {\n hostgroup = x\n takeover = no\n", null)]
    [InlineData("poller a {\n hostgroup = x\n notifies = no\n", null)]
    [InlineData("master a {\n", null)]
    [InlineData("master a {\n notifies = no\n", "node a: set but without effect yet: notifies")]
    [InlineData("peer a {\n takeover = yes\n", "node a: set but without effect yet: takeover")]
    [InlineData("peer a {\n notifies = no\n fixed_srcport = yes\n", "node a: set but without effect yet: notifies, fixed_srcport")]
    [InlineData("peer a {\n encrypted = no\n uuid = 1\n", "node a: set but without effect yet: encrypted, uuid")]
    [InlineData("peer a {\n auto_delete = 5\n accept_runcmd = yes\n", "node a: set but without effect yet: auto_delete, accept_runcmd")]
    [InlineData("peer a {\n object_config {\n  ssh_user = x\n }\n", null)]
    [InlineData("peer a {\n takeover = no\n notifies = yes\n encrypted = yes\n auto_delete = 0\n", null)]
    public void Of_Block_NamesEachThing(string block, string? expected)
    {
        using (var key = NodeKey.LoadOrCreate(_folder.File("other/node.key")))
        {
            _folder.Write("a.pub", key.Pin.ToPem());
        }

        var file = _folder.Write("merlin.conf", $"\n{block} publickey = a.pub\n}}\n");
        var nodes = new NodeFiles(file, default).Read(out var findings)!;
        Assert.Empty(findings);
        var warnings = NodeWarnings.Of(file, Assert.Single(nodes.Nodes)).Select(warning => warning.ToString());
        Assert.Equal(expected is null ? [] : [$"Warning: {file}:2: {expected}"], warnings);
    }
}
