namespace Compeer.Tests.Repository;

/// <summary>Each rule finds what it forbids, at its line, and lets pass what it allows.</summary>
public sealed class CodeRulesTests
{
    [Theory]
    [InlineData(140, 0)]
    [InlineData(141, 1)]
    public void LineLength_Columns_AreCounted(int columns, int findings) =>
        Assert.Equal(findings, CodeRules.LineLength(File("A.cs", "a\n" + new string('x', columns) + "\n")).Count());

    [Theory]
    [InlineData(400, 0)]
    [InlineData(401, 1)]
    public void FileLength_Lines_AreCounted(int lines, int findings) =>
        Assert.Equal(findings, CodeRules.FileLength(File("A.cs", string.Concat(Enumerable.Repeat("x\n", lines)))).Count());

    [Theory]
    [InlineData("void M()\n    {", "}", 68, 1)]
    [InlineData("void M()\n    {", "}", 67, 0)]
    [InlineData("void M(int a = 5, [X(B = 1)] int b)\n    {", "}", 68, 1)]
    [InlineData("[X(Y = 1)]\n    public A()\n    {", "}", 68, 1)]
    [InlineData("void M<T>()\n    where T : struct, new()\n    {", "}", 68, 1)]
    [InlineData("int M(int a) => a switch\n    {", "};", 68, 1)]
    [InlineData("public static A operator ==(A l, A r)\n    {", "}", 68, 1)]
    [InlineData("static readonly int[] Table = Make(new\n    {", "});", 90, 0)]
    [InlineData("static readonly Dictionary<int, int> Table = new()\n    {", "};", 90, 0)]
    [InlineData("sealed record Inner(int A)\n    {", "}", 90, 0)]
    public void MethodLength_Members_AreMeasuredByTheirBraces(string opening, string closing, int inside, int findings)
    {
        var body = string.Concat(Enumerable.Repeat("        // \"{\n", inside));
        var text = $"namespace A;\nclass B\n{{\n    int P {{ get; }} = 1;\n    {opening}\n{body}    {closing}\n}}\n";
        var found = CodeRules.MethodLength(File("B.cs", text)).ToList();
        Assert.Equal(findings, found.Count);
        Assert.All(found, finding => Assert.Equal(5, finding.Line));
    }

    [Fact]
    public void MethodLength_ManyShortMembers_AreNotOneLongOne()
    {
        const string Members = "    int A { get; set; }\n    void M()\n    {\n        if (x)\n        {\n        }\n    }\n"
            + "    int B() => 1;\n";
        var code = "class B\n{\n" + string.Concat(Enumerable.Repeat(Members, 40)) + "}\n";
        Assert.Empty(CodeRules.MethodLength(File("B.cs", code)));
    }

    [Theory]
    [InlineData("public sealed class A\n{\n    public class Inner;\n}\n", null)]
    [InlineData("public readonly record struct A(int X);\ninternal class B;\n", null)]
    [InlineData("public partial class A;\npublic partial class A;\n", null)]
    [InlineData("public enum B\n", "call the file B.cs")]
    [InlineData("public class A;\npublic interface B;\n", "second public type")]
    [InlineData("internal class B;\n", "call the file B.cs")]
    [InlineData("internal class B;\nfile class A;\n", null)]
    [InlineData("// public class B\nSystem.Console.WriteLine();\n", null)]
    public void TypeNames_OnePublicTypeOfTheFilesName_IsAllowed(string code, string? problem)
    {
        var found = CodeRules.TypeNames(File("A.cs", code)).ToList();
        Assert.Equal(problem is null ? 0 : 1, found.Count);
        Assert.All(found, finding => Assert.Contains(problem!, finding.Problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("src/Compeer.Engine/States/A.cs", "namespace Compeer.Engine.States;", 0)]
    [InlineData("src/Compeer.Engine/A.cs", "namespace Compeer.Engine.States;", 1)]
    [InlineData("src/Compeer.Engine/States/A.cs", "// namespace X;\nnamespace Compeer.Engine;", 1)]
    [InlineData("src/Compeer.Engine/Program.cs", "return 0;", 0)]
    public void Namespace_IsProjectAndFolders(string path, string code, int findings) =>
        Assert.Equal(findings, CodeRules.Namespace(File(path, code)).Count());

    [Fact]
    public void DeadCode_FileThatNothingNames_IsFound()
    {
        var found = DeadCode.Find(
        [
            File("src/P/Used.cs", "class Used;"),
            File("src/P/Dead.cs", "class Dead { Dead Again; Used X; }"),
            File("src/P/Extensions.cs", "static class Extensions { static int Twice<T>(this int a) => a; }"),
            File("src/P/Program.cs", "5.Twice(); // Dead \"Dead\""),
            File("tests/P/DeadTests.cs", "class Test;"),
        ]);
        Assert.Equal(["src/P/Dead.cs"], found.Select(finding => finding.Path));
    }

    [Theory]
    [InlineData("class ATests : IAsyncDisposable", 1)]
    [InlineData("class ATests(int a)\n    : B, IAsyncDisposable", 1)]
    [InlineData("class ATests : IAsyncLifetime", 0)]
    [InlineData("class Side : IAsyncDisposable", 0)]
    [InlineData("class ATests : IDisposable\n{\n    class Side : IAsyncDisposable", 0)]
    public void ForgottenEnds_OfTestClasses_AreFound(string code, int findings) =>
        Assert.Equal(findings, CodeRules.ForgottenEnds(File("ATests.cs", code + "\n{\n}\n")).Count());

    [Theory]
    [InlineData("src/Compeer.Daemon/A.cs", 1)]
    [InlineData("src/Compeer.Platform/Native/A.cs", 0)]
    [InlineData("tests/Compeer.Tests/A.cs", 0)]
    public void NativeCalls_OutsideOfThePlatform_AreFound(string path, int findings)
    {
        const string Code = "class A\n{\n    // no LibraryImport\n    [LibraryImport(\"libc\")]\n    static partial int getpid();\n}\n";
        var found = CodeRules.NativeCalls(File(path, Code)).ToList();
        Assert.Equal(findings, found.Count);
        Assert.All(found, finding => Assert.Equal(4, finding.Line));
    }

    private static RepositoryFile File(string path, string text) => new(path, text);
}
