using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Model;

public sealed class IdTextTests
{
    [Fact]
    public void TryParse_ReadsWhatIsWritten()
    {
        var node = new NodeId(0x0123456789abcdef, 0xfedcba9876543210);
        var history = new HistoryId(node.Upper, node.Lower);

        Assert.Equal("0123456789abcdeffedcba9876543210", node.ToString());
        Assert.True(NodeId.TryParse(node.ToString(), out var readNode));
        Assert.Equal(node, readNode);
        Assert.True(HistoryId.TryParse(history.ToString().ToUpperInvariant(), out var readHistory));
        Assert.Equal(history, readHistory);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdeffedcba987654321")]
    [InlineData("0123456789abcdeffedcba98765432100")]
    [InlineData("0123456789abcdeffedcba987654321g")]
    [InlineData("g123456789abcdeffedcba9876543210")]
    [InlineData("0x0123456789abcdeffedcba98765432")]
    [InlineData(" 123456789abcdeffedcba9876543210")]
    public void TryParse_AnythingElse_IsNoId(string text)
    {
        Assert.False(NodeId.TryParse(text, out var node));
        Assert.Equal(default, node);
        Assert.False(HistoryId.TryParse(text, out var history));
        Assert.Equal(default, history);
    }
}
