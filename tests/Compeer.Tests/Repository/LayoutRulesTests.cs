namespace Compeer.Tests.Repository;

/// <summary>Each rule finds what it forbids, at its line, and lets pass what it allows.</summary>
public sealed class LayoutRulesTests
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [Fact]
    public void Solution_MissingAndExtinctProjects_AreFound()
    {
        var solution = new RepositoryFile(
            "A.slnx",
            "<Solution>\n  <Project Path=\"src/A/A.csproj\" />\n  <Project Path=\"src/Gone/Gone.csproj\" />\n</Solution>\n");
        var found = LayoutRules.Solution(solution, ["src/A/A.csproj", "src/A/A.cs", "src/B/B.csproj"]).ToList();
        Assert.Equal(
            [
                "A.slnx:1: src/B/B.csproj is not in the solution; add it",
                "A.slnx:3: there is no src/Gone/Gone.csproj; take it out",
            ],
            found.Select(finding => finding.ToString()));
    }

    [Theory]
    [InlineData("#!/usr/bin/env bash\nset -euo pipefail\n", Executable, 0)]
    [InlineData("#!/usr/bin/env bash\nset -euo pipefail\n", UnixFileMode.UserExecute, 1)]
    [InlineData("#!/bin/sh\nset -eu\n", Executable, 0)]
    [InlineData("#!/bin/sh\nset -euo pipefail\n", Executable, 1)]
    [InlineData("set -euo pipefail\n", Executable, 1)]
    [InlineData("#!/usr/bin/env bash\n# set -euo pipefail\n", Executable, 1)]
    public void Script_NotSafelyStartable_IsFound(string text, UnixFileMode mode, int findings) =>
        Assert.Equal(findings, LayoutRules.Script(new RepositoryFile("a.sh", text), mode).Count());

    [Fact]
    public void Mirror_TestsInFoldersOfNoProject_AreFound()
    {
        var found = LayoutRules.Mirror(
        [
            "src/Compeer.Engine/Model/A.cs",
            "tests/Compeer.Tests/Engine/Model/ATests.cs",
            "tests/Compeer.Tests/Engine/Harness.cs",
            "tests/Compeer.Tests/Repository/TidyTests.cs",
            "tests/Compeer.Tests/Engine/Gone/BTests.cs",
            "tests/Compeer.Tests/Common.cs",
        ]);
        Assert.Equal(["tests/Compeer.Tests/Engine/Gone/BTests.cs"], found.Select(finding => finding.Path));
    }
}
