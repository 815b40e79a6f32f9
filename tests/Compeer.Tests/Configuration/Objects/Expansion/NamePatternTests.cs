using Compeer.Configuration.Objects.Expansion;

namespace Compeer.Tests.Configuration.Objects.Expansion;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("web.*", "my-web1", true)]
    [InlineData("^web", "my-web1", false)]
    [InlineData("web$", "web", true)]
    [InlineData("[[:digit:]]+", "web1", true)]
    [InlineData("[^[:alpha:]]", "web", false)]
    [InlineData("[]x]", "a]b", true)]
    [InlineData("[a\\]", "\\", true)]
    [InlineData("a{2}", "baab", true)]
    [InlineData("(a|b)c", "bc", true)]
    [InlineData("a\\.b", "axb", false)]
    [InlineData("\\d", "d", true)]
    [InlineData("\\d", "1", false)]
    [InlineData("\\<a", "b-a", true)]
    [InlineData("\\<a", "ba", false)]
    [InlineData("\\<", "-", false)]
    [InlineData("a\\>", "a-", true)]
    [InlineData("\\>a", "-a", false)]
    [InlineData("\\w", "é", false)]
    [InlineData("^..$", "é", true)]
    [InlineData("[^a]", "é", true)]
    [InlineData("é+$", "ée", false)]
    [InlineData("\\`a\\'", "a", true)]
    [InlineData("a|", "zzz", true)]
    [InlineData("()", "zzz", true)]
    [InlineData("a)", "ba)", true)]
    [InlineData("a}", "a}", true)]
    [InlineData("^(a**)$", "aa", true)]
    [InlineData("^(a*?)$", "", true)]
    [InlineData("^a+?$", "", true)]
    [InlineData("^a{0}$", "", true)]
    [InlineData("^a{,}b$", "aaab", true)]
    [InlineData("b^a", "b^a", false)]
    [InlineData("a$b", "a$b", false)]
    [InlineData("(^|x)a", "a", true)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[[.a.]-c]", "b", true)]
    [InlineData("[[=a=]]", "a", true)]
    [InlineData("\\0", "0", true)]
    public void IsMatch_PosixExpression_MatchesAsRegexec(string pattern, string name, bool expected)
    {
        var compiled = NamePattern.Create(pattern, out var error);

        Assert.Null(error);
        Assert.Equal(expected, compiled!.IsMatch(name));
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("a[b-d]c\\.", 4)]
    [InlineData("a{2,5}b", 6)]
    [InlineData("((ab){3}c){4}d", 29)]
    [InlineData("(a|b*){3}", 9)]
    [InlineData("a{,3}", 3)]
    [InlineData("(){99}", 99)]
    [InlineData("(||){3}", 6)]
    [InlineData("((((a{99}){99}){99}){99}){99}", 99L * 99 * 99 * 99 * 99)]
    public void Size_Repetitions_AreWrittenOut(string pattern, long expected) =>
        Assert.Equal(expected, PatternParser.Parse(pattern).Size);

    [Theory]
    [InlineData("(", "'(' is not closed")]
    [InlineData("[a", "'[' is not closed")]
    [InlineData("[[:alpha]", "'[:' is not closed")]
    [InlineData("(?=x)", "there is nothing that '?' could repeat")]
    [InlineData("[[:nothing:]]", "[:nothing:] is not a character class")]
    [InlineData("[[.ab.]]", "[.ab.] is not a single character")]
    [InlineData("[b-a]", "'b-a' is no range")]
    [InlineData("[a-c-e]", "'-' in brackets belongs in the first or the last place, or between two characters")]
    [InlineData("[a-[:digit:]]", "'a-[:digit:]' is no range")]
    [InlineData("*x", "there is nothing that '*' could repeat")]
    [InlineData("x|*", "there is nothing that '*' could repeat")]
    [InlineData("^*", "there is nothing that '*' could repeat")]
    [InlineData("\\b+", "there is nothing that '+' could repeat")]
    [InlineData("{1}", "there is nothing that '{' could repeat")]
    [InlineData("a{1", "'{' is not closed")]
    [InlineData("a{x}", "'{x}' is no number of repetitions")]
    [InlineData("a{2,1}", "'{2,1}' is no number of repetitions")]
    [InlineData("a{32768}", "'{' repeats more than 32767 times")]
    [InlineData("a\\", "it ends in a backslash")]
    [InlineData("(a)\\1", "back-references like '\\1' are not possible")]
    public void Create_FaultyExpression_SaysWhatIsWrong(string pattern, string expected)
    {
        Assert.Null(NamePattern.Create(pattern, out var error));
        Assert.Equal($"'{pattern}' is not a regular expression: {expected}", error);
    }
}
