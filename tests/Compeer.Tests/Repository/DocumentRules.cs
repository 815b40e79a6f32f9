using System.Text.RegularExpressions;

namespace Compeer.Tests.Repository;

/// <summary>What the documents keep to: they speak of what exists.</summary>
internal static partial class DocumentRules
{
    private static readonly string[] Kinds = ["CHANGE", "FEATURE", "ENHANCEMENT", "BUGFIX"];

    /// <summary>Each `path/of/a/file.ext`, each `file.cs` and each link to a file names one that exists.</summary>
    public static IEnumerable<Finding> Paths(RepositoryFile document, IReadOnlyCollection<string> paths)
    {
        var folder = Path.GetDirectoryName(document.Path)!;
        foreach (Match match in CodeSpan().Matches(document.Text))
        {
            var name = match.Groups["code"].Value.TrimEnd('/');
            if (RepositoryPath().IsMatch(name) && !paths.Any(path => IsOrIsBelow(path, name.TrimStart('.', '/'), name)))
            {
                yield return new Finding(document.Path, document.LineOf(match.Index), $"there is no {name}; name what there is");
            }
        }

        foreach (Match match in Link().Matches(document.Text))
        {
            var target = match.Groups["target"].Value;
            var full = Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", folder, target)));
            if (!paths.Any(path => IsOrIsBelow(path, full, full)))
            {
                yield return new Finding(document.Path, document.LineOf(match.Index), $"there is no {full} to link to");
            }
        }
    }

    /// <summary>Each `TypeName` is a word of the code, and so is the last part of each `Compeer.Name`.</summary>
    public static IEnumerable<Finding> TypeNames(RepositoryFile document, IReadOnlySet<string> words)
    {
        foreach (Match match in CodeSpan().Matches(document.Text))
        {
            var name = match.Groups["code"].Value;
            if (TypeName().IsMatch(name) && name.Split('.').FirstOrDefault(part => !words.Contains(part)) is { } unknown)
            {
                var line = document.LineOf(match.Index);
                yield return new Finding(document.Path, line, $"no code speaks of {unknown}; name what there is");
            }
        }
    }

    /// <summary>
    /// Versions newest first under `## x.y.z / date` or `## Unreleased`; each entry `- [KIND] area: what`, the kinds in
    /// the order in which an operator wants to know.
    /// </summary>
    public static IEnumerable<Finding> Changelog(RepositoryFile changelog)
    {
        Version? above = null;
        var unreleasedAllowed = true;
        var lastKind = 0;
        foreach (var (index, line) in changelog.Lines.Index())
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                lastKind = 0;
                var heading = VersionHeading().Match(line);
                var version = Version.TryParse(heading.Groups["version"].Value, out var parsed) ? parsed : null;
                if (!heading.Success || (version is null && !unreleasedAllowed))
                {
                    const string Form = "write \"## 1.2.3 / 2026-01-31\", or \"## Unreleased\" at the top";
                    yield return new Finding(changelog.Path, index + 1, Form);
                }
                else if (version is not null && above is not null && version >= above)
                {
                    yield return new Finding(changelog.Path, index + 1, $"{version} is below {above}; the newest comes first");
                }

                unreleasedAllowed = false;
                above = version ?? above;
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("* ", StringComparison.Ordinal))
            {
                var kind = Array.IndexOf(Kinds, Entry().Match(line).Groups["kind"].Value);
                if (kind < 0)
                {
                    var kinds = string.Join(", ", Kinds);
                    yield return new Finding(changelog.Path, index + 1, $"write \"- [KIND] area: what\", KIND one of {kinds}");
                }
                else if (kind < lastKind)
                {
                    yield return new Finding(changelog.Path, index + 1, $"{Kinds[kind]} is below {Kinds[lastKind]}; sort them");
                }

                lastKind = Math.Max(kind, lastKind);
            }
        }
    }

    private static bool IsOrIsBelow(string path, string full, string name) =>
        path == full || path == name || path.StartsWith(full + "/", StringComparison.Ordinal)
        || (!name.Contains('/', StringComparison.Ordinal) && path.EndsWith("/" + name, StringComparison.Ordinal));

    [GeneratedRegex(@"(?<!`)`(?<code>[^`\n]+)`(?!`)")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(
        @"^(?:(?:\./)?(?:\.ci|src|tests|docs|eng|bench|packaging)(?:/[\w.+-]+)+"
        + @"|(?:\./)?[\w.-]+\.(?:cs|csproj|slnx|sh|proto|props|targets))$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\]\((?!\w+:|#)(?<target>[^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(?:[A-Z]\w*\.)*[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+(?:\.[A-Z]\w*)*$|^Compeer\.[\w.]+$")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^## (?:Unreleased|(?<version>\d+\.\d+\.\d+) / \d{4}-\d{2}-\d{2})$")]
    private static partial Regex VersionHeading();

    [GeneratedRegex(@"^- \[(?<kind>[A-Z]+)\] [^:]+: \S")]
    private static partial Regex Entry();
}
