using System.Text;
using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

public sealed class PluginOutputTests
{
    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("\n\n", "", "", "")]
    [InlineData("OK - fine", "OK - fine", "", "")]
    [InlineData("OK - fine\n", "OK - fine", "", "")]
    [InlineData("OK - fine\r\n", "OK - fine", "", "")]
    [InlineData("\n\nOK\n", "OK", "", "")]
    [InlineData("  OK \t|\t time=1s ", "OK", "", "time=1s")]
    [InlineData("|time=1s", "", "", "time=1s")]
    [InlineData("OK|a=1|b=2\n", "OK", "", "a=1|b=2")]
    [InlineData("OK\nline 1\nline 2\n", "OK", "line 1\nline 2\n", "")]
    [InlineData("OK\n\n line 1 \n", "OK", "\n line 1 \n", "")]
    [InlineData("OK | a=1\nline 1\nline 2 | b=2\nc=3\n d=4\n\ne=5\n", "OK", "line 1\nline 2 ", "a=1 b=2 c=3 d=4 e=5")]
    [InlineData("OK\n| b=2\n", "OK", "", "b=2")]
    [InlineData("OK|a=1\nlong |b=2|c=3\n", "OK", "long ", "a=1 b=2|c=3")]
    [InlineData("OK|\nlong|\n", "OK", "long", "")]
    [InlineData("OK\\nstill first", "OK\\nstill first", "", "")]
    [InlineData("OK; semicolon", "OK; semicolon", "", "")]
    [InlineData("OK\0hidden\nmore", "OK", "", "")]
    [InlineData("\0OK", "", "", "")]
    [InlineData("\u00FF\u00FE|\u00FD=1\n\u00FC", "\u00FF\u00FE", "\u00FC", "\u00FD=1")]
    public void Parse_PluginText_GivesWhatNaemonGives(string text, string output, string longOutput, string performanceData)
    {
        var parsed = PluginOutput.Parse(Encoding.Latin1.GetBytes(text));
        Assert.Equal(output, RunnerHarness.Text(parsed.Output));
        Assert.Equal(longOutput, RunnerHarness.Text(parsed.LongOutput));
        Assert.Equal(performanceData, RunnerHarness.Text(parsed.PerformanceData));
    }

    [Fact]
    public void Parse_RandomText_GivesWhatTheSlowTwinGives()
    {
        const string alphabet = "ab=  \t\r\n\n||\0";
        var random = new Random(11);
        var withAll = 0;
        for (var round = 0; round < 50_000; round++)
        {
            var text = new char[random.Next(30)];
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = alphabet[random.Next(alphabet.Length - (random.Next(30) == 0 ? 0 : 1))];
            }

            var parsed = PluginOutput.Parse(Encoding.Latin1.GetBytes(text));
            var actual = (
                RunnerHarness.Text(parsed.Output),
                RunnerHarness.Text(parsed.LongOutput),
                RunnerHarness.Text(parsed.PerformanceData));
            Assert.Equal(Twin(new string(text)), actual);
            withAll += parsed is { Output.IsEmpty: false, LongOutput.IsEmpty: false, PerformanceData.IsEmpty: false } ? 1 : 0;
        }

        Assert.InRange(withAll, 5_000, 45_000);
    }

    /// <summary>The rules one character at a time.</summary>
    private static (string Output, string LongOutput, string PerformanceData) Twin(string text)
    {
        var output = new StringBuilder();
        var longOutput = new StringBuilder();
        var performanceData = new StringBuilder();
        var inFirstLine = true;
        var inPerformanceData = false;
        var atLineStart = false;
        foreach (var c in text.TakeWhile(c => c != '\0').SkipWhile(c => c == '\n'))
        {
            if (inFirstLine && c == '\n')
            {
                (inFirstLine, inPerformanceData) = (false, false);
            }
            else if (!inPerformanceData && c == '|')
            {
                inPerformanceData = true;
                atLineStart = !inFirstLine;
            }
            else if (!inPerformanceData)
            {
                (inFirstLine ? output : longOutput).Append(c);
            }
            else if (!inFirstLine && c == '\n')
            {
                atLineStart = true;
            }
            else
            {
                performanceData.Append(atLineStart && c != ' ' ? " " : "").Append(c);
                atLineStart = false;
            }
        }

        return (Strip(output), longOutput.ToString(), Strip(performanceData));
    }

    private static string Strip(StringBuilder text) => text.ToString().Trim(' ', '\t', '\r', '\n');
}
