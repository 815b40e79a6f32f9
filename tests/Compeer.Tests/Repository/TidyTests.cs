using System.Text.RegularExpressions;

namespace Compeer.Tests.Repository;

/// <summary>The rules of the repository, held against all of it. Each finding says where and what to do.</summary>
public sealed partial class TidyTests
{
    [Fact]
    public void Lines_OfCode_FitTheScreen() => AssertTidy(RepositoryTree.CodeFiles.SelectMany(CodeRules.LineLength));

    [Fact]
    public void Files_OfCode_HoldOneThing() => AssertTidy(RepositoryTree.CodeFiles.SelectMany(CodeRules.FileLength));

    [Fact]
    public void Methods_FitTheScreen() => AssertTidy(RepositoryTree.CodeFiles.SelectMany(CodeRules.MethodLength));

    [Fact]
    public void Types_AreInFilesOfTheirName() => AssertTidy(RepositoryTree.CodeFiles.SelectMany(CodeRules.TypeNames));

    [Fact]
    public void Namespaces_AreTheFolders() => AssertTidy(RepositoryTree.CodeFiles.SelectMany(CodeRules.Namespace));

    [Fact]
    public void Calls_IntoTheCLibrary_AreInOnePlace() => AssertTidy(RepositoryTree.CodeFiles.SelectMany(CodeRules.NativeCalls));

    [Fact]
    public void Tests_PutAwayWhatTheyMade() => AssertTidy(RepositoryTree.CodeFiles.SelectMany(CodeRules.ForgottenEnds));

    [Fact]
    public void Files_OfTheProduct_AreUsed() => AssertTidy(DeadCode.Find([.. RepositoryTree.CodeFiles]));

    [Fact]
    public void Work_IsNotLeftOpen() => AssertTidy(RepositoryTree.TextFiles.SelectMany(TextRules.LeftOpen));

    [Fact]
    public void Paths_AreOfNoMachine() => AssertTidy(RepositoryTree.TextFiles.SelectMany(TextRules.MachinePaths));

    [Fact]
    public void Packages_ComeFromWhereTheMachineSays() =>
        AssertTidy(RepositoryTree.TextFiles.SelectMany(TextRules.RegistryHosts));

    [Fact]
    public void Lines_EndWithoutBlanks() => AssertTidy(RepositoryTree.TextFiles.SelectMany(TextRules.Whitespace));

    [Fact]
    public void Documents_NameFilesThatExist() =>
        AssertTidy(RepositoryTree.Documents.SelectMany(document => DocumentRules.Paths(document, RepositoryTree.Paths)));

    [Fact]
    public void Documents_NameTypesThatExist()
    {
        var words = RepositoryTree.TextFiles
            .Where(file => file.Extension is not ".md")
            .SelectMany(file => Word().Matches(file.Text).Select(match => match.Value))
            .Concat(RepositoryTree.Paths.SelectMany(path => path.Split('/', '.')))
            .ToHashSet(StringComparer.Ordinal);
        AssertTidy(RepositoryTree.Documents.SelectMany(document => DocumentRules.TypeNames(document, words)));
    }

    [Fact]
    public void Documents_DescribeTheSchemas() => AssertTidy(SchemaRules.Described(
        RepositoryTree.Read("docs/wire.md"), RepositoryTree.TextFiles.Where(file => file.Extension == ".proto")));

    [Fact]
    public void Changelog_HasItsForm() => AssertTidy(DocumentRules.Changelog(RepositoryTree.Read("CHANGELOG.md")));

    [Fact]
    public void Solution_ListsAllProjects() =>
        AssertTidy(LayoutRules.Solution(RepositoryTree.Read("Compeer.slnx"), RepositoryTree.Paths));

    [Fact]
    public void Folders_UseEachOtherAsTheCorridorsSay()
    {
        var document = RepositoryTree.Read("docs/architecture.md");
        var tables = CorridorRules.Tables(document);
        RepositoryFile[] code = [.. RepositoryTree.CodeFiles];
        var projects = RepositoryTree.Paths.Where(path => path.StartsWith("src/", StringComparison.Ordinal))
            .Select(path => path.Split('/')[1])
            .Distinct();
        Assert.Equal(projects.Order(), tables.Keys.Order());
        AssertTidy(tables.SelectMany(table => CorridorRules.Order(document, table.Key, table.Value)
            .Concat(CorridorRules.Kept(document, table.Key, table.Value, code))));
    }

    [Fact]
    public void Folders_OfTheTests_MirrorTheProduct() => AssertTidy(LayoutRules.Mirror(RepositoryTree.Paths));

    [Fact]
    public void Scripts_CanBeStarted()
    {
        var scripts = RepositoryTree.Paths.Where(RepositoryTree.IsScript).ToList();
        Assert.Contains("test.sh", scripts);
        AssertTidy(scripts.SelectMany(path => LayoutRules.Script(RepositoryTree.Read(path), RepositoryTree.ModeOf(path))));
    }

    private static void AssertTidy(IEnumerable<Finding> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();
}
