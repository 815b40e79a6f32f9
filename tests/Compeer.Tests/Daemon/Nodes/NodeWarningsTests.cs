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
    [InlineData("master a {\n notifies = no\n", "notifies has no effect: it is for pollers")]
    [InlineData("poller a {\n hostgroup = x\n auto_delete = 5\n", null)]
    [InlineData("peer a {\n takeover = yes\n", "takeover has no effect: it is for pollers")]
    [InlineData("peer a {\n fixed_srcport = yes\n", "fixed_srcport has no effect: a node is known by its key, wherever")]
    [InlineData("peer a {\n encrypted = no\n", "encrypted has no effect: links are always encrypted")]
    [InlineData("peer a {\n uuid = 1\n", null)]
    [InlineData("peer a {\n auto_delete = 5\n", "auto_delete has no effect: it is for pollers")]
    [InlineData("peer a {\n accept_runcmd = yes\n", null)]
    [InlineData("master a {\n accept_runcmd = yes\n", null)]
    [InlineData(
        "poller a {\n hostgroup = x\n accept_runcmd = yes\n",
        "accept_runcmd has no effect: only peers and masters may test checks of this node")]
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
        if (expected is null)
        {
            Assert.Empty(warnings);
        }
        else
        {
            Assert.StartsWith($"Warning: {file}:2: node a: {expected}", Assert.Single(warnings), StringComparison.Ordinal);
        }
    }
}
