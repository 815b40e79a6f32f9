namespace Compeer.Tests.Repository;

/// <summary>Each rule finds what it forbids and lets pass what it allows.</summary>
public sealed class CorridorRulesTests
{
    private const string Table = """
        ### Corridors of Compeer.P

        | Folder | May use |
        |---|---|
        | Model | |
        | Wire | Model |
        | Wire/Frames | Model, Wire |
        | front door | all |

        ### Something else

        | Folder | May use |
        |---|---|
        | Other | Model |
        """;

    [Fact]
    public void Tables_OfADocument_HaveTheRowsUnderTheirHeading()
    {
        var table = Assert.Single(CorridorRules.Tables(Document(Table)));
        Assert.Equal("Compeer.P", table.Key);
        Assert.Equal(["Model", "Wire", "Wire/Frames", "front door"], table.Value.Keys);
        Assert.Equal(["Model", "Wire"], table.Value["Wire/Frames"]);
    }

    [Theory]
    [InlineData("| A | B |\n| B | |\n", 0)]
    [InlineData("| A | B |\n| B | A |\n", 2)]
    [InlineData("| A | B |\n| B | C |\n| C | A |\n", 3)]
    [InlineData("| A | B |\n", 1)]
    public void Order_CirclesAndUnknownFolders_AreFound(string rows, int findings)
    {
        var document = Document("### Corridors of Compeer.P\n" + rows);
        Assert.Equal(findings, CorridorRules.Order(document, "Compeer.P", CorridorRules.Tables(document)["Compeer.P"]).Count());
    }

    [Theory]
    [InlineData("Wire/A.cs", "using Compeer.P.Model;\nnamespace Compeer.P.Wire;\nclass A { Thing T; }", null)]
    [InlineData("Model/A.cs", "using Compeer.P.Wire;\nnamespace Compeer.P.Model;\nclass A { Frame T; }", "Model may not use Wire")]
    [InlineData("Model/A.cs", "namespace Compeer.P.Model;\nclass A { Compeer.P.Wire.Frame T; }", "Model may not use Wire")]
    [InlineData("Model/A.cs", "namespace Compeer.P.Model;\nclass A { Door T; }", "Model may not use front door")]
    [InlineData("Model/A.cs", "namespace Compeer.P.Model;\n// Door\nclass A { string T = \"Door\"; int U => X.Door; }", null)]
    [InlineData("Wire/Frames/A.cs", "namespace Compeer.P.Wire.Frames;\nclass A { Frame T; }", null)]
    [InlineData("A.cs", "using Compeer.P.Wire;\nnamespace Compeer.P;\nclass A { Frame T; }", null)]
    [InlineData("New/A.cs", "namespace Compeer.P.New;\nclass A;", "has a folder New without a row")]
    public void Kept_UsesThatTheTableDoesNotAllow_AreFound(string path, string code, string? problem)
    {
        RepositoryFile[] files =
        [
            File("Model/Thing.cs", "namespace Compeer.P.Model;\nclass Thing;"),
            File("Wire/Frame.cs", "namespace Compeer.P.Wire;\npublic sealed record Frame(int Size);"),
            File("Wire/Frames/Hello.cs", "namespace Compeer.P.Wire.Frames;\nclass Hello;"),
            File("Door.cs", "namespace Compeer.P;\nclass Door;"),
            File(path, code),
        ];
        var document = Document(Table);
        var found = CorridorRules.Kept(document, "Compeer.P", CorridorRules.Tables(document)["Compeer.P"], files).ToList();
        Assert.Equal(problem is null ? 0 : 1, found.Count);
        Assert.All(found, finding => Assert.Contains(problem!, finding.Problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Kept_RowOfNoFolder_IsFound()
    {
        var document = Document("### Corridors of Compeer.P\n| Gone | |\n| Model | |\n");
        var table = CorridorRules.Tables(document)["Compeer.P"];
        var found = Assert.Single(CorridorRules.Kept(document, "Compeer.P", table, [File("Model/A.cs", "namespace Compeer.P.Model;")]));
        Assert.Contains("no folder Gone", found.Problem, StringComparison.Ordinal);
    }

    private static RepositoryFile Document(string text) => new("docs/architecture.md", text);

    private static RepositoryFile File(string path, string text) => new("src/Compeer.P/" + path, text);
}
