using System.Text;
using Compeer.Daemon.ExternalCommands;

namespace Compeer.Tests.Daemon.ExternalCommands;

/// <summary>Lines out of a pipe, whatever pieces they come in.</summary>
public sealed class CommandLinesTests
{
    [Theory]
    [InlineData("one\ntwo\n", "one,two")]
    [InlineData("one\n\n\ntwo", "one")]
    [InlineData("", "")]
    public void Take_Bytes_GivesWholeLines(string bytes, string lines) =>
        Assert.Equal(lines, string.Join(',', Take(new CommandLines(), bytes)));

    [Fact]
    public void Take_InAnyPieces_GivesTheSameLines()
    {
        const string Text = "[1] A;b;c\n[2] LOG;a longer one\n\n[3] X\n";
        for (var size = 1; size < Text.Length; size++)
        {
            var lines = new CommandLines();
            var found = Text.Chunk(size).SelectMany(piece => Take(lines, new string(piece))).ToList();
            Assert.Equal(["[1] A;b;c", "[2] LOG;a longer one", "[3] X"], found);
        }
    }

    [Fact]
    public void Take_LineThatIsTooLong_IsDroppedWholeAndCounted()
    {
        var lines = new CommandLines();
        Assert.Empty(Take(lines, new string('x', CommandLines.Longest)));
        Assert.Empty(Take(lines, "y"));
        Assert.Empty(Take(lines, new string('z', 3 * CommandLines.Longest)));
        Assert.Equal(["next"], Take(lines, "end\nnext\n"));
        Assert.Equal(1, lines.Dropped);
    }

    [Fact]
    public void Take_LineOfTheGreatestLength_IsTaken()
    {
        var lines = new CommandLines();
        Assert.Equal(CommandLines.Longest, Assert.Single(Take(lines, new string('x', CommandLines.Longest) + "\n")).Length);
    }

    private static List<string> Take(CommandLines lines, string text) =>
        [.. lines.Take(Encoding.UTF8.GetBytes(text)).Select(Encoding.UTF8.GetString)];
}
