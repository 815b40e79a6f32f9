using System.Text;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration.Objects.Syntax;

public sealed class FileSharesTests
{
    private const string Block = "define host {\n  host_name a\n}\n";

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(7, 7)]
    [InlineData(1000, 100)]
    public void Divide_OneFileOfManyBlocks_CutsBetweenBlocks(int count, int expected)
    {
        var shares = Divide(count, string.Concat(Enumerable.Repeat(Block, 100)));
        Assert.Equal(expected, shares.Count);
        Assert.All(shares, share => Assert.StartsWith("define host {", Text(Assert.Single(share)), StringComparison.Ordinal));
        Assert.Equal(1, shares[0][0].FirstLine);
        for (var i = 1; i < shares.Count; i++)
        {
            var before = shares[i - 1][0];
            Assert.Equal(before.FirstLine + Text(before).Count(c => c == '\n'), shares[i][0].FirstLine);
        }
    }

    [Fact]
    public void Divide_SharesOfTwo_AreAboutEqual()
    {
        int[] sizes = [.. Divide(2, string.Concat(Enumerable.Repeat(Block, 1000))).Select(share => share.Sum(p => p.Content.Length))];
        Assert.InRange(sizes[0] - sizes[1], -2 * Block.Length, 2 * Block.Length);
    }

    [Fact]
    public void Divide_ManyFiles_KeepsTheirOrderAndEveryByte()
    {
        string[] texts = [.. Enumerable.Range(0, 50).Select(i => $"# {i}\n" + string.Concat(Enumerable.Repeat(Block, i)))];
        var shares = Divide(4, texts);
        Assert.Equal(4, shares.Count);
        Assert.Equal(string.Concat(texts), string.Concat(shares.SelectMany(share => share.Select(Text))));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}.cfg"), shares.SelectMany(s => s.Select(p => p.Path)).Distinct());
    }

    [Theory]
    [InlineData("define host {\n  notes \\\n}\ndefine a\n}\n", "the brace continues a line")]
    [InlineData("define host {\n  notes a\ndefine host {\n}\n", "the block is still open")]
    [InlineData("define host {\n  notes a\n}\\\ndefine host {\n}\n", "the brace's own line goes on")]
    [InlineData("define host {\n  notes a\n}\n# comment \\\ndefine host {\n}\n", "the comment goes on")]
    [InlineData("define host {\n  notes }\ndefine x\n}\n", "the brace is a value")]
    public void Divide_WhereABlockMayBeOpen_DoesNotCut(string text, string because)
    {
        var share = Assert.Single(Divide(1000, text));
        Assert.True(Text(Assert.Single(share)) == text, because);
    }

    [Theory]
    [InlineData("define host {\n  notes a\n  }  \r\n\r\n # x\n\tdefine host {\n}\n", 6)]
    [InlineData("define host {\n}\n}\ndefine host {\n}\n", 4)]
    public void Divide_BetweenBlocks_LooksPastBlanksAndComments(string text, int line)
    {
        var shares = Divide(1000, text);
        Assert.Equal(2, shares.Count);
        Assert.Equal(line, shares[1][0].FirstLine);
    }

    [Fact]
    public void Divide_Nothing_IsOneEmptyShare() => Assert.Empty(Assert.Single(Divide(4)));

    private static List<List<FilePart>> Divide(int count, params string[] texts) => FileShares.Divide(
        [.. texts.Select((text, i) => new SourceFile($"{i}.cfg", Encoding.UTF8.GetBytes(text)))], count, smallest: 1);

    private static string Text(FilePart part) => Encoding.UTF8.GetString(part.Content.Span);
}
