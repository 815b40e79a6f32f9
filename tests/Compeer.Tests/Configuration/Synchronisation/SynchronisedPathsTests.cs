using System.Text;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Nodes.Reading;
using Compeer.Configuration.Synchronisation;

namespace Compeer.Tests.Configuration.Synchronisation;

/// <summary>What a neighbour may write, by this node's own merlin.conf.</summary>
public sealed class SynchronisedPathsTests
{
    private const string Block =
        "peer a {\n sync {\n  /x/y\n  /plugins/ = /elsewhere\n  /in/ = accept\n  /no = no\n  /x/z = accept\n }\n}\n";

    [Theory]
    [InlineData("/x/y", "/x/y", true)]
    [InlineData("/x/y/z", "/x/y", false)]
    [InlineData("/plugins", "/plugins", true)]
    [InlineData("/in", "/in", false)]
    [InlineData("/in/deep/file", "/in", false)]
    [InlineData("/x/z", "/x/z", false)]
    [InlineData("/elsewhere", null, false)]
    [InlineData("/x", null, false)]
    [InlineData("/x/yy", null, false)]
    [InlineData("/no", null, false)]
    [InlineData("/x/y/../../etc", null, false)]
    [InlineData("x/y", null, false)]
    [InlineData("/x/y/\n", null, false)]
    [InlineData("/", null, false)]
    public void Allowance_IsWhatTheBlockNames(string path, string? allowed, bool isMutual)
    {
        Assert.Equal(allowed, SynchronisedPaths.AllowanceOf(Node(), path, out var mutual));
        Assert.Equal(isMutual, allowed is not null && mutual);
    }

    [Fact]
    public void Accept_IsNothingThatIsSent()
    {
        Assert.Equal(["/x/y", "/plugins/"], Node().Sync.Select(entry => entry.Source));
        Assert.Equal(["/in", "/x/z"], Node().SyncAccepts.ToArray());
    }

    private static NodeDefinition Node() =>
        MerlinConfigurationReader.Read("merlin.conf", Encoding.UTF8.GetBytes(Block)).Configuration!.Nodes[0];
}
