using Compeer.Configuration.Objects.Expansion;

namespace Compeer.Tests.Configuration.Objects;

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
    public void IsMatch_PosixExpression_MatchesAsRegexec(string pattern, string name, bool expected)
    {
        var compiled = NamePattern.Create(pattern, out var error);

        Assert.Null(error);
        Assert.Equal(expected, compiled!.IsMatch(name));
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("a[b-d\\]]c\\.", 4)]
    [InlineData("a{2,5}b", 6)]
    [InlineData("((ab){3}c){4}d", 29)]
    [InlineData("(a|b*){3}", 12)]
    [InlineData("a{,3}", 3)]
    [InlineData("((((a{99}){99}){99}){99}){99}", 99L * 99 * 99 * 99 * 99)]
    public void Of_Repetitions_AreWrittenOut(string pattern, long expected) => Assert.Equal(expected, PatternSize.Of(pattern));

    [Theory]
    [InlineData("(")]
    [InlineData("[a")]
    [InlineData("(?=x)")]
    [InlineData("[[:nothing:]]")]
    [InlineData("*x")]
    [InlineData("(a)\\1")]
    public void Create_FaultyExpression_SaysWhatIsWrong(string pattern)
    {
        Assert.Null(NamePattern.Create(pattern, out var error));
        Assert.Contains(pattern, error, StringComparison.Ordinal);
    }
}
