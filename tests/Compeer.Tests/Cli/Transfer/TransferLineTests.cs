using Compeer.Cli.Transfer;

namespace Compeer.Tests.Cli.Transfer;

public sealed class TransferLineTests
{
    [Fact]
    public async Task Message_WrittenAndRead_IsTheSame()
    {
        TransferLine[] lines = [new(TransferVerb.From, "peer01"), new(TransferVerb.DryRun, ""), new(TransferVerb.Said, "a\nb")];
        using var written = new StringWriter();
        await TransferLine.WriteAsync(written, lines, CancellationToken.None);

        var message = written.ToString().Replace("end\n", "Later word\nend\n", StringComparison.Ordinal);
        using var reader = new StringReader("motd of a shell\n" + message);
        var read = await TransferLine.ReadAsync(reader, CancellationToken.None);

        Assert.Equal([lines[0], lines[1], new TransferLine(TransferVerb.Said, "a b")], read!.Value.ToArray());
        Assert.Equal("peer01", read.Value.Find(TransferVerb.From));
        Assert.True(read.Value.Has(TransferVerb.DryRun));
        Assert.Null(read.Value.Find(TransferVerb.Root));
    }

    [Theory]
    [InlineData("")]
    [InlineData("compeer-oconf 1\nFrom x\n")]
    [InlineData("hello\nend\n")]
    public async Task Message_CutOff_IsNone(string text)
    {
        using var reader = new StringReader(text);
        Assert.Null(await TransferLine.ReadAsync(reader, CancellationToken.None));
    }
}
