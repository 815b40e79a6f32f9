using System.Text;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration.Text;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("a\nb", "1:a|2:b")]
    [InlineData("a\r\nb\r\n", "1:a|2:b")]
    [InlineData("  a  \n\n\t\n  b", "1:a|4:b")]
    [InlineData("# c\na # kept", "2:a # kept")]
    [InlineData("a ; c\n; c\nb;", "1:a|3:b")]
    [InlineData("a \\; b ; c", "1:a ; b")]
    [InlineData("a\\\n  b\nc", "1:ab|3:c")]
    [InlineData("a \\\n\tb \\\n c\nd", "1:a b c|4:d")]
    [InlineData("a\\\\\nb", "1:a\\|2:b")]
    [InlineData("# c \\\nd\ne", "3:e")]
    [InlineData("\\\na", "1:\\|2:a")]
    [InlineData("a\\", "1:a")]
    [InlineData("\uFEFFa", "1:a")]
    [InlineData("", "")]
    public void Read_Text_GivesItsLogicalLines(string text, string expected)
    {
        var lines = new LineReader(Encoding.UTF8.GetBytes(text), semicolonComments: true);
        var found = new List<string>();
        while (lines.Read())
        {
            found.Add($"{lines.Line}:{Encoding.UTF8.GetString(lines.Text)}");
        }

        Assert.Equal(expected, string.Join('|', found));
    }
}
