using Compeer.Configuration.Diagnostics;

namespace Compeer.Tests.Configuration.Diagnostics;

public sealed class SimilarNameTests
{
    [Theory]
    [InlineData("statsu", "status")]
    [InlineData("STATUS", "status")]
    [InlineData("nod", "node")]
    [InlineData("oconff", "oconf")]
    [InlineData("rmeove", "remove")]
    [InlineData("xyzzy", null)]
    [InlineData("a", null)]
    public void Find_Words_GivesTheNearestOrNone(string word, string? expected) =>
        Assert.Equal(expected, SimilarName.Find(word, ["status", "node", "oconf", "remove"]));
}
