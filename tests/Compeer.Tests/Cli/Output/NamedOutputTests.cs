using System.Text;
using Compeer.Cli.Output;

namespace Compeer.Tests.Cli.Output;

public sealed class NamedOutputTests
{
    [Theory]
    [InlineData("p", "p: one\np: two\n", "one\ntwo\n")]
    [InlineData("p", "p: one\np: two\n", "o", "ne\nt", "wo")]
    [InlineData("p", "p: \np: \n", "\n\n")]
    [InlineData("p", "", "")]
    [InlineData(null, "one\ntwo", "one\ntw", "o")]
    public void Write_Pieces_BecomeWholeLinesBehindTheName(string? name, string expected, params string[] pieces) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(Written(name, [.. pieces.Select(Encoding.UTF8.GetBytes)])));

    [Fact]
    public void Write_BytesThatAreNoText_StayAsTheyAre()
    {
        byte[] bytes = [0xFF, 0x00, 0xC3, (byte)'\n'];

        Assert.Equal([(byte)'p', (byte)':', (byte)' ', .. bytes], Written("p", bytes));
        Assert.Equal(bytes, Written(name: null, bytes));
    }

    [Fact]
    public void Write_LineWithoutEnd_ComesInPieces()
    {
        var written = Written("p", [.. Enumerable.Repeat(Encoding.UTF8.GetBytes(new string('a', 1000)), 200)]);

        Assert.InRange(written.Count(b => b == (byte)'\n'), 3, 4);
        Assert.Equal(200_000, written.Count(b => b == (byte)'a'));
    }

    [Fact]
    public void Write_OfTwo_LinesDoNotMix()
    {
        using var target = new MemoryStream();
        var gate = new Lock();
        var (a, b) = (new NamedOutput("a", target, gate), new NamedOutput("b", target, gate));
        a.Write("x1 "u8);
        b.Write("y1 "u8);
        a.Write("x2\n"u8);
        b.Write("y2\n"u8);

        Assert.Equal("a: x1 x2\nb: y1 y2\n", Encoding.UTF8.GetString(target.ToArray()));
    }

    private static byte[] Written(string? name, params byte[][] pieces)
    {
        using var target = new MemoryStream();
        var output = new NamedOutput(name, target, new Lock());
        foreach (var piece in pieces)
        {
            output.Write(piece);
        }

        output.Finish();
        return target.ToArray();
    }
}
