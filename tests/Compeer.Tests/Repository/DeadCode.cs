using System.Text.RegularExpressions;

namespace Compeer.Tests.Repository;

/// <summary>Product files that nothing speaks of.</summary>
internal static partial class DeadCode
{
    /// <summary>
    /// The files none of whose types is named in another file. One of extension methods lives by their names; one without
    /// types, or with the entry point, is not looked at.
    /// </summary>
    public static IEnumerable<Finding> Find(IReadOnlyCollection<RepositoryFile> files)
    {
        var words = files.ToDictionary(
            file => file.Path,
            file => Word().Matches(CSharpText.Blank(file.Text)).Select(match => match.Value).ToHashSet(StringComparer.Ordinal));
        var filesWithWord = words.SelectMany(pair => pair.Value).CountBy(word => word).ToDictionary();
        var product = files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Name != "Program.cs");
        foreach (var file in product)
        {
            var code = CSharpText.Blank(file.Text);
            var names = DeclaredType().Matches(code).Select(match => match.Groups["name"].Value)
                .Concat(ExtensionMethod().Matches(code).Select(match => match.Groups["name"].Value))
                .ToList();
            if (names.Count > 0 && names.TrueForAll(name => filesWithWord[name] == 1))
            {
                var all = string.Join(" or ", names.Distinct());
                yield return new Finding(file.Path, 1, $"no other file speaks of {all}; use it or delete it");
            }
        }
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>\w+)")]
    private static partial Regex DeclaredType();

    [GeneratedRegex(@"\b(?<name>\w+)(?:<[^(]*>)?\(\s*this\b")]
    private static partial Regex ExtensionMethod();
}
