using System.Text;
using Compeer.Configuration.Retained;

namespace Compeer.Tests.Configuration.Retained;

public sealed class RetainedFileReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Feed_PiecesOfAnySize_GiveTheBlocks(int size)
    {
        (var blocks, var problem) = Read("# head\n\ninfo {\ncreated=1\n}\nhost {\n\thost_name=a = b\n_X=1;=\n\t}\n", size);
        Assert.Null(problem);
        Assert.Equal(["info", "host"], blocks.Select(block => block.Type));
        Assert.Equal([3, 6], blocks.Select(block => block.Line));
        Assert.Equal(("a = b", "1;="), (blocks[1]["host_name"], blocks[1]["_X"]));
        Assert.Null(blocks[1]["other"]);
    }

    [Fact]
    public void Feed_LastLineWithoutEnd_IsRead() => Assert.Single(Read("host {\nhost_name=a\n}", 5).Blocks);

    [Theory]
    [InlineData("host {\nhost_name=a\n", 1, "torn")]
    [InlineData("host {\nhost_name=a\n}\nservice {\nhost_na", 5, "no key and value")]
    [InlineData("host {\nnonsense\n}\n", 2, "no key and value in the block 'host' that begins in line 1")]
    [InlineData("root:x:0:0\n", 1, "no block begins here")]
    [InlineData("", 1, "no block in it")]
    [InlineData("# only words\n", 1, "no block in it")]
    public void Feed_TornOrOther_SaysWhereAndWhat(string text, int line, string words)
    {
        var problem = Read(text, 4096).Problem;
        Assert.NotNull(problem);
        Assert.Equal(line, problem.Value.Line);
        Assert.Contains(words, problem.Value.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Feed_EndlessLine_IsRefusedBeforeItFillsTheMemory()
    {
        var reader = new RetainedFileReader();
        List<RetainedBlock> blocks = [];
        reader.Feed("host {\nplugin_output="u8, blocks);
        var piece = new byte[64 << 10];
        for (var count = 0; count < 64 && reader.Problem is null; count++)
        {
            reader.Feed(piece, blocks);
        }

        Assert.Equal(2, reader.Problem?.Line);
    }

    private static (List<RetainedBlock> Blocks, (int Line, string Text)? Problem) Read(string text, int size)
    {
        var reader = new RetainedFileReader();
        List<RetainedBlock> blocks = [];
        foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(size))
        {
            reader.Feed(piece, blocks);
        }

        reader.End(blocks);
        return (blocks, reader.Problem);
    }
}
