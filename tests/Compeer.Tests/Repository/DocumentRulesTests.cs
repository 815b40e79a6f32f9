namespace Compeer.Tests.Repository;

/// <summary>Each rule finds what it forbids, at its line, and lets pass what it allows.</summary>
public sealed class DocumentRulesTests
{
    private static readonly string[] Paths =
        ["README.md", "docs/wire.md", "docs/decisions/001-a.md", "src/Compeer.Engine/Model/CheckState.cs", "test.sh"];

    [Theory]
    [InlineData("see `src/Compeer.Engine/Model/CheckState.cs`", 0)]
    [InlineData("see `src/Compeer.Engine/Model/`", 0)]
    [InlineData("see `CheckState.cs` and `./test.sh`", 0)]
    [InlineData("see `src/Compeer.Engine/Model/Gone.cs`", 1)]
    [InlineData("see `src/Compeer.Eng`", 1)]
    [InlineData("see `Gone.cs`", 1)]
    [InlineData("see `./gone.sh`", 1)]
    [InlineData("run `mon node status`, edit `merlin.conf`", 0)]
    [InlineData("[a](wire.md#here) [b](../README.md) [c](https://example.com/x) [d](#here)", 0)]
    [InlineData("[a](decisions)", 0)]
    [InlineData("[a](gone.md)", 1)]
    public void Paths_OfNothing_AreFound(string line, int findings) =>
        Assert.Equal(findings, DocumentRules.Paths(Document(line), Paths).Count(finding => finding.Line == 2));

    [Theory]
    [InlineData("`CheckState` of `Compeer.Engine`", 0)]
    [InlineData("`CheckState.Output`", 0)]
    [InlineData("`CheckStatus`", 1)]
    [InlineData("`Compeer.Motor`", 1)]
    [InlineData("`CheckState.Gone`", 1)]
    [InlineData("`check_interval`, `mon`, `PATH`, `Plain`", 0)]
    public void TypeNames_OfNothing_AreFound(string line, int findings)
    {
        var words = new HashSet<string>(StringComparer.Ordinal) { "CheckState", "Output", "Compeer", "Engine" };
        Assert.Equal(findings, DocumentRules.TypeNames(Document(line), words).Count(finding => finding.Line == 2));
    }

    [Theory]
    [InlineData("## Unreleased\n\n- [CHANGE] a: b\n- [BUGFIX] a: b\n## 0.2.0 / 2026-01-31\n- [FEATURE] a: b\n", 0)]
    [InlineData("## 0.2.0 / 2026-01-31\n- [BUGFIX] a: b\n## 0.1.0 / 2026-01-30\n- [CHANGE] a: b\n", 0)]
    [InlineData("## 0.1.0 / 2026-01-30\n## Unreleased\n", 2)]
    [InlineData("## 0.1.0 / 2026-01-30\n## 0.2.0 / 2026-01-31\n", 2)]
    [InlineData("## 0.1.0\n", 1)]
    [InlineData("## Unreleased\n- a: b\n", 2)]
    [InlineData("## Unreleased\n- [FIX] a: b\n", 2)]
    [InlineData("## Unreleased\n- [BUGFIX] no area\n", 2)]
    [InlineData("## Unreleased\n- [BUGFIX] a: b\n- [FEATURE] a: b\n", 3)]
    public void Changelog_OtherForm_IsFound(string text, int line) =>
        Assert.Equal(line, DocumentRules.Changelog(new RepositoryFile("CHANGELOG.md", text)).SingleOrDefault()?.Line ?? 0);

    private static RepositoryFile Document(string secondLine) => new("docs/a.md", $"# Title\n{secondLine}\n");
}
