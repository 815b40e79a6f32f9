using System.Text;
using Compeer.Execution.Processes;

namespace Compeer.Tests.Execution;

public sealed class CommandLineParserTests
{
    [Theory]
    [InlineData("/p/check_ping -H 10.0.0.1 -w 100,20%", "/p/check_ping|-H|10.0.0.1|-w|100,20%")]
    [InlineData("  a \t b\r\nc  ", "a|b|c")]
    [InlineData("a 'b c' \"d e\"", "a|b c|d e")]
    [InlineData("a '' \"\" b", "a|||b")]
    [InlineData("a b'c d'e\"f g\"h", "a|bc def gh")]
    [InlineData("a 'x\"y' \"x'y\"", "a|x\"y|x'y")]
    [InlineData(@"a b\ c \'d\"" \\ \|\&\;\<\>\(\)\*\?\~\$\`", @"a|b c|'d""|\||&;<>()*?~$`")]
    [InlineData(@"a ""b\""c"" ""d\\e"" ""f\$g"" ""h\`i"" ""j\k""", @"a|b""c|d\e|f$g|h`i|j\k")]
    [InlineData(@"a 'b\'", @"a|b\")]
    [InlineData(@"a --b=c d\", @"a|--b=c|d\")]
    [InlineData("a '|&;<>()*?~$`' \"|&;<>()*?~\"", "a||&;<>()*?~$`||&;<>()*?~")]
    [InlineData("a --url=/x?y", null)]
    [InlineData("a --warning=5 b=c", "a|--warning=5|b=c")]
    [InlineData("a #b [c] {d,e} !f", "a|#b|[c]|{d,e}|!f")]
    [InlineData("", "")]
    public void Parse_Words_AreSplitAsByAShell(string line, string? words)
    {
        var parsed = Parse(line);
        if (words is null)
        {
            Assert.NotEqual(ShellReason.None, parsed.ShellReason);
            return;
        }

        Assert.Equal(ShellReason.None, parsed.ShellReason);
        Assert.Equal(words, string.Join('|', Texts(parsed.Arguments)));
        Assert.Empty(parsed.Assignments);
    }

    [Theory]
    [InlineData("a | b", ShellReason.Redirection)]
    [InlineData("a > b", ShellReason.Redirection)]
    [InlineData("a < b", ShellReason.Redirection)]
    [InlineData("a && b", ShellReason.JobControl)]
    [InlineData("a;b", ShellReason.JobControl)]
    [InlineData("a (b", ShellReason.Subshell)]
    [InlineData("a *", ShellReason.Wildcard)]
    [InlineData("a b?", ShellReason.Wildcard)]
    [InlineData("a ~/b", ShellReason.Variable)]
    [InlineData("a $B", ShellReason.Variable)]
    [InlineData("a \"$B\"", ShellReason.Variable)]
    [InlineData("a $", ShellReason.Variable)]
    [InlineData("a $(b)", ShellReason.CommandSubstitution)]
    [InlineData("a \"$(b)\"", ShellReason.CommandSubstitution)]
    [InlineData("a `b`", ShellReason.CommandSubstitution)]
    [InlineData("a \"`b`\"", ShellReason.CommandSubstitution)]
    [InlineData("a 'b", ShellReason.UnbalancedSingleQuote)]
    [InlineData("a \"b", ShellReason.UnbalancedDoubleQuote)]
    [InlineData("a \"b\\", ShellReason.UnbalancedDoubleQuote)]
    [InlineData("A=b", ShellReason.OnlyAssignments)]
    [InlineData("A=$B c", ShellReason.Variable)]
    [InlineData("a --b=c #d", ShellReason.ReservedWord)]
    [InlineData("a --b=[c]", ShellReason.Wildcard)]
    [InlineData("a --b=c\nd", ShellReason.JobControl)]
    public void Parse_ShellNeeded_SaysWhy(string line, ShellReason reason)
    {
        var parsed = Parse(line);
        Assert.Equal(reason, parsed.ShellReason);
        Assert.Empty(parsed.Arguments);
    }

    [Theory]
    [InlineData("A=b c d", "A=b", "c|d")]
    [InlineData("A= _b2='x y' c=\"d\" cmd A=z", "A=|_b2=x y|c=d", "cmd|A=z")]
    [InlineData("A=b=c cmd", "A=b=c", "cmd")]
    [InlineData("2A=b cmd", "", "2A=b|cmd")]
    [InlineData("A-B=c cmd", "", "A-B=c|cmd")]
    [InlineData("'A'=b cmd", "", "A=b|cmd")]
    [InlineData("A\\=b cmd", "", "A=b|cmd")]
    [InlineData("=b cmd", "", "=b|cmd")]
    public void Parse_LeadingAssignments_AreTheEnvironment(string line, string assignments, string words)
    {
        var parsed = Parse(line);
        Assert.Equal(ShellReason.None, parsed.ShellReason);
        Assert.Equal(assignments, string.Join('|', Texts(parsed.Assignments)));
        Assert.Equal(words, string.Join('|', Texts(parsed.Arguments)));
    }

    /// <summary>What Naemon's own splitting makes of lines of which a shell would make something else.</summary>
    [Theory]
    [InlineData(@"a -l c:\", "", "a|-l|c:")]
    [InlineData(@"a \", "", "a|")]
    [InlineData(@"a ""c:\""", "", "a|c:")]
    [InlineData(@"a ""b\"" c", "", "a|bc")]
    [InlineData(@"a ""b\""'c d", "", "a|b'c|d")]
    [InlineData("A=b;c d", "A=b;c", "d")]
    [InlineData(@"A=x\ y cmd", @"A=x\", "y|cmd")]
    [InlineData(@"A=""b\"" cmd", @"A=b\", "cmd")]
    [InlineData(@"A='b c' B=\""d\"" cmd", @"A=b c|B=\d\", "cmd")]
    [InlineData("A'B'=c x", "AB=c", "x")]
    [InlineData("A=b C=d", "A=b", "C=d")]
    [InlineData("a #b [c] {d,e} !f", "", "a|#b|[c]|{d,e}|!f")]
    [InlineData("a b\nc", "", "a|b|c")]
    public void Parse_StartedWithoutAShell_AreNaemonsWords(string line, string assignments, string words)
    {
        var parsed = Parse(line);
        Assert.Equal(ShellReason.None, parsed.ShellReason);
        Assert.Equal(assignments, string.Join('|', Texts(parsed.Assignments)));
        Assert.Equal(words, string.Join('|', Texts(parsed.Arguments)));
    }

    [Fact]
    public void Parse_AnyBytes_NeverThrowsAndLosesNoPlainByte()
    {
        var random = new Random(20240607);
        for (var round = 0; round < 20_000; round++)
        {
            var line = new byte[random.Next(40)];
            random.NextBytes(line);
            var parsed = CommandLineParser.Parse(line);
            if (parsed.ShellReason == ShellReason.None)
            {
                byte[] words = [.. parsed.Assignments.Concat(parsed.Arguments).SelectMany(word => word.ToArray())];
                Assert.Equal(line.Where(IsPlain), words.Where(IsPlain));
            }
        }

        static bool IsPlain(byte value) => value >= 128 || char.IsAsciiLetterOrDigit((char)value);
    }

    [Fact]
    public async Task Parse_RandomLines_GiveWhatTheShellGives()
    {
        const int count = 12_000;
        var random = new Random(7);
        List<(string Line, string[] Words)> direct = [];
        for (var round = 0; round < count; round++)
        {
            var line = RandomLine(random);
            var parsed = Parse(line);
            var isSame = !IsTakenByNaemon(line) || line.AsSpan().IndexOfAny('\\', '=') < 0;
            if (isSame && parsed.ShellReason is ShellReason.None or ShellReason.OnlyAssignments)
            {
                direct.Add((line, parsed.ShellReason == ShellReason.None
                    ? [.. Texts(parsed.Assignments), .. Texts(parsed.Arguments)]
                    : []));
            }
        }

        direct.RemoveAll(item => item.Words.Length == 0);
        Assert.InRange(direct.Count, count / 10, count * 9 / 10);
        Assert.True(direct.Count(item => item.Line.Contains('"', StringComparison.Ordinal)) > 100, "too few double quotes");
        Assert.True(direct.Count(item => item.Line.Contains('\\', StringComparison.Ordinal)) > 100, "too few backslashes");
        var shell = await AskTheShell([.. direct.Select(item => item.Line)]);
        for (var i = 0; i < shell.Length; i++)
        {
            Assert.True(shell[i].SequenceEqual(direct[i].Words),
                $"<{direct[i].Line}>: the shell gives <{string.Join('|', shell[i])}>, we <{string.Join('|', direct[i].Words)}>");
        }
    }

    /// <summary>Naemon has rules of its own for backslashes and assignments in lines that it does not give to a shell.</summary>
    private static bool IsTakenByNaemon(string line)
    {
        var words = new CommandLineBuffer();
        words.Clear(line.Length);
        return DirectWords.TryRead(Encoding.Latin1.GetBytes(line), words);
    }

    /// <summary>The twin: /bin/sh splits the lines, and prints each word ended by NUL and each line by one of only \1.</summary>
    private static async Task<string[][]> AskTheShell(string[] lines)
    {
        using var directory = new TemporaryDirectory();
        using var harness = new RunnerHarness(new PluginRunnerOptions { OutputLimit = 4 * 1024 * 1024 });
        var script = new StringBuilder();
        foreach (var line in lines)
        {
            script.Append("c='").Append(line.Replace("'", "'\\''", StringComparison.Ordinal)).Append("'\n");
            script.Append("eval \"set -- $c\"\nfor w do printf '%s\\0' \"$w\"; done; printf '\\001\\0'\n");
        }

        var path = directory.Write("script", script.ToString(), UnixFileMode.UserRead);
        var result = await harness.Run($"/bin/sh {path}");
        Assert.Equal("", RunnerHarness.Text(result.StandardError));
        Assert.Equal((PluginOutcome.Exited, 0), (result.Outcome, result.Code));
        var answers = RunnerHarness.Text(result.StandardOutput).Split("\u0001\0");
        Assert.Equal(lines.Length + 1, answers.Length);
        return [.. answers[..^1].Select(answer => answer.Split('\0')[..^1])];
    }

    private static string RandomLine(Random random)
    {
        const string common = "ab=/-. \t''\"\"\\";
        const string rare = "$`*~|&;()<>?";
        var line = new StringBuilder("x");
        for (var length = random.Next(25); length > 0; length--)
        {
            var from = random.Next(40) == 0 ? rare : common;
            line.Append(from[random.Next(from.Length)]);
        }

        return line.ToString();
    }

    private static CommandLine Parse(string line) => CommandLineParser.Parse(Encoding.Latin1.GetBytes(line));

    private static IEnumerable<string> Texts(IEnumerable<ReadOnlyMemory<byte>> words) => words.Select(RunnerHarness.Text);
}
