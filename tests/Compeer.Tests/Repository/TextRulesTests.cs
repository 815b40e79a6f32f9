namespace Compeer.Tests.Repository;

/// <summary>Each rule finds what it forbids, at its line, and lets pass what it allows.</summary>
public sealed class TextRulesTests
{
    [Theory]
    [InlineData("// TO", "DO: later", 1)]
    [InlineData("throw new Not", "ImplementedException();", 1)]
    [InlineData("a HA", "CK", 1)]
    [InlineData("HA", "CKNEY", 0)]
    [InlineData("to", "do", 0)]
    public void LeftOpen_Words_AreFound(string first, string second, int findings) =>
        Assert.Equal(findings, TextRules.LeftOpen(File(first + second)).Count(finding => finding.Line == 2));

    [Theory]
    [InlineData("\"", "/work", "/shared\"", 1)]
    [InlineData("cd ", "/root", "/.dotnet", 1)]
    [InlineData("=", "/home", "/someone", 1)]
    [InlineData("https://example.com", "/home", "/page", 0)]
    [InlineData("src", "/work", "/x", 0)]
    [InlineData("$HOME", "/root", "/x", 0)]
    [InlineData("/opt", "/work", "/x", 0)]
    public void MachinePaths_AbsolutePaths_AreFound(string before, string root, string after, int findings) =>
        Assert.Equal(findings, TextRules.MachinePaths(File(before + root + after)).Count(finding => finding.Line == 2));

    [Theory]
    [InlineData("https://api.nu", "get.org/v3", 1)]
    [InlineData("nu", "get restore", 0)]
    public void RegistryHosts_Hosts_AreFound(string first, string second, int findings) =>
        Assert.Equal(findings, TextRules.RegistryHosts(File(first + second)).Count(finding => finding.Line == 2));

    [Theory]
    [InlineData("a\nb\n", 0)]
    [InlineData("", 0)]
    [InlineData("a\nb", 2)]
    [InlineData("a\nb \n", 2)]
    [InlineData("a\nb\t\n", 2)]
    [InlineData("a\nb\r\n", 2)]
    public void Whitespace_AtTheEnds_IsFound(string text, int line) =>
        Assert.Equal(line, TextRules.Whitespace(new RepositoryFile("a.md", text)).SingleOrDefault()?.Line ?? 0);

    private static RepositoryFile File(string secondLine) => new("a.cs", $"first\n{secondLine}\n");
}
