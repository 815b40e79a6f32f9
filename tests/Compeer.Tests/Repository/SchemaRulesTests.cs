namespace Compeer.Tests.Repository;

/// <summary>The rule finds what it forbids, at its line, and lets pass what it allows.</summary>
public sealed class SchemaRulesTests
{
    private static readonly RepositoryFile Schema = new(
        "a.proto",
        "syntax = \"proto3\";\nmessage A {\n  // First.\n  uint32 one = 1;\n  oneof body {\n    B two = 2;\n  }\n"
        + "  repeated B three = 3;  // x\n}\n");

    [Theory]
    [InlineData("| 1 | one | uint32 | x |\n| 2 | two | B | |\n| 3 | three | B, repeated | |", null)]
    [InlineData("| 1 | one | uint32 | x |\n| 2 | two | B | |", "a.proto:8")]
    [InlineData("| 1 | one | uint32 | x |\n| 2 | two | B | |\n| 3 | three | B | |", "a.proto:8")]
    [InlineData("| 1 | one | uint32 | x |\n| 3 | two | B | |\n| 3 | three | B, repeated | |", "a.proto:6")]
    [InlineData("| 1 | one | uint32 | x |\n| 2 | two | B | |\n| 3 | three | B, repeated | |\n| 4 | four | B | |", "a.md:7")]
    public void Described_OtherThanTheSchema_IsFound(string rows, string? place)
    {
        var document = new RepositoryFile("a.md", $"### A\n\n| Number | Field | Type |\n{rows}\n");
        var found = SchemaRules.Described(document, [Schema]).ToList();
        Assert.Equal(place is not null, found.Count > 0);
        Assert.True(place is null || found.Exists(finding => finding.ToString().StartsWith(place, StringComparison.Ordinal)));
    }
}
