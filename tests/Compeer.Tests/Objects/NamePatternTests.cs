using Compeer.Objects.Expansion;

namespace Compeer.Tests.Objects;

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
        NamePattern? compiled = NamePattern.Create(pattern, out string? error);

        Assert.Null(error);
        Assert.Equal(expected, compiled!.IsMatch(name));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[a")]
    [InlineData("(?=x)")]
    [InlineData("[[:nothing:]]")]
    [InlineData("*x")]
    public void Create_FaultyExpression_SaysWhatIsWrong(string pattern)
    {
        Assert.Null(NamePattern.Create(pattern, out string? error));
        Assert.Contains(pattern, error, StringComparison.Ordinal);
    }
}
