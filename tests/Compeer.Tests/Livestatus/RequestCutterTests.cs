using System.Text;
using Compeer.Livestatus.Syntax;

namespace Compeer.Tests.Livestatus;

public sealed class RequestCutterTests
{
    [Theory]
    [InlineData("COMMAND [1] A\nCOMMAND [1] B\n\n", "COMMAND [1] A|COMMAND [1] B")]
    [InlineData("COMMAND [1] A\nGET hosts\nColumns: name\n\n", "COMMAND [1] A|GET hosts,Columns: name")]
    [InlineData("COMMAND [1] A\nKeepAlive: on\n\nGET hosts\n\n", "COMMAND [1] A,KeepAlive: on|GET hosts")]
    [InlineData("GET hosts\nGET services\n\n", "GET hosts,GET services")]
    [InlineData("COMMAND [1] A\nCOMMAND [1] B\n", "COMMAND [1] A|COMMAND [1] B")]
    public void Requests_AreCut_AtEmptyLinesAndBehindCommands(string sent, string expected)
    {
        var whole = Cut(sent, sent.Length);
        Assert.Equal(expected, whole);
        Assert.Equal(expected, Cut(sent, bytesAtATime: 1));
    }

    private static string Cut(string sent, int bytesAtATime)
    {
        var cutter = new RequestCutter();
        var requests = new List<string>();
        void Note(IReadOnlyList<ReadOnlyMemory<byte>> lines) =>
            requests.Add(string.Join(',', lines.Select(line => Encoding.ASCII.GetString(line.Span))));
        foreach (var bytes in Encoding.ASCII.GetBytes(sent).Chunk(bytesAtATime))
        {
            cutter.Add(bytes);
            while (cutter.TryTake(out var lines))
            {
                Note(lines);
            }
        }

        if (cutter.TryTakeLast(out var last))
        {
            Note(last);
        }

        return string.Join('|', requests);
    }
}
