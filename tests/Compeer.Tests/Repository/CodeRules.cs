using System.Text.RegularExpressions;

namespace Compeer.Tests.Repository;

/// <summary>What every C# file keeps to.</summary>
internal static partial class CodeRules
{
    public const int MaximumColumns = 140;
    public const int MaximumLines = 400;
    public const int MaximumMethodLines = 70;

    public static IEnumerable<Finding> LineLength(RepositoryFile file) =>
        file.Lines.Index().Where(line => line.Item.Length > MaximumColumns).Select(line => new Finding(
            file.Path, line.Index + 1, $"{line.Item.Length} columns; break the line, {MaximumColumns} are allowed"));

    public static IEnumerable<Finding> FileLength(RepositoryFile file)
    {
        if (file.LineCount > MaximumLines)
        {
            yield return new Finding(
                file.Path,
                MaximumLines + 1,
                $"{file.LineCount} lines; find the second noun in it and give it a file, {MaximumLines} are allowed");
        }
    }

    public static IEnumerable<Finding> MethodLength(RepositoryFile file) =>
        CodeMember.Find(file).Where(member => member.Length > MaximumMethodLines).Select(member => new Finding(
            file.Path,
            member.FirstLine,
            $"\"{member.Header}\" has {member.Length} lines; move work out of it, {MaximumMethodLines} are allowed"));

    /// <summary>One public type to a file, named as the file is; without one, one of its types is.</summary>
    public static IEnumerable<Finding> TypeNames(RepositoryFile file)
    {
        var code = CSharpText.Blank(file.Text);
        var types = TopLevelType().Matches(code)
            .Select(match => (
                Name: match.Groups["name"].Value,
                Public: match.Groups["public"].Success,
                Line: file.LineOf(match.Index)))
            .ToList();
        var expected = Path.GetFileNameWithoutExtension(file.Name);
        var open = types.Where(type => type.Public).DistinctBy(type => type.Name).ToList();
        foreach (var (name, _, line) in open.Skip(1))
        {
            yield return new Finding(file.Path, line, $"{name} is the second public type here; give it a file of its own");
        }

        if (open.Count > 0 && open[0].Name != expected)
        {
            yield return new Finding(file.Path, open[0].Line, $"this is {open[0].Name}; call the file {open[0].Name}.cs");
        }
        else if (open.Count == 0 && types.Count > 0 && types.TrueForAll(type => type.Name != expected))
        {
            yield return new Finding(file.Path, types[0].Line, $"no type is called {expected}; call the file {types[0].Name}.cs");
        }
    }

    /// <summary>The namespace is the project and its folders.</summary>
    public static IEnumerable<Finding> Namespace(RepositoryFile file)
    {
        var parts = file.Path.Split('/');
        if (parts.Length < 3 || Namespace(CSharpText.Blank(file.Text)) is not { Success: true } match)
        {
            yield break;
        }

        var expected = string.Join('.', parts[1..^1]);
        if (match.Groups["name"].Value != expected)
        {
            yield return new Finding(file.Path, file.LineOf(match.Index), $"the folder says that the namespace is {expected}");
        }
    }

    /// <summary>The C library is called in one place of the product.</summary>
    public static IEnumerable<Finding> NativeCalls(RepositoryFile file) =>
        !file.Path.StartsWith("src/", StringComparison.Ordinal) || file.Path.StartsWith("src/Compeer.Platform/", StringComparison.Ordinal)
            ? []
            : NativeCall().Matches(CSharpText.Blank(file.Text)).Select(match => new Finding(
                file.Path, file.LineOf(match.Index), "a call into the C library; declare it in Compeer.Platform"));

    /// <summary>What tests leave to an IAsyncDisposable of their class is never put away: xunit calls IDisposable and IAsyncLifetime.
    /// </summary>
    public static IEnumerable<Finding> ForgottenEnds(RepositoryFile file) =>
        ForgottenEnd().Matches(CSharpText.Blank(file.Text)).Select(match => new Finding(
            file.Path, file.LineOf(match.Index), "a test class that is IAsyncDisposable, which nobody calls; make it IAsyncLifetime"));

    private static Match Namespace(string code) => FileNamespace().Match(code);

    [GeneratedRegex(
        @"^(?:(?<public>public)|internal|file|static|sealed|abstract|readonly|ref|unsafe|partial|record|\s(?=\S))*"
        + @"\b(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\b(?:LibraryImport|DllImport)\b(?!SearchPath)")]
    private static partial Regex NativeCall();

    [GeneratedRegex(@"\bclass\s+\w+Tests\b[^{]*\bIAsyncDisposable\b")]
    private static partial Regex ForgottenEnd();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)\s*[;{]", RegexOptions.Multiline)]
    private static partial Regex FileNamespace();
}
