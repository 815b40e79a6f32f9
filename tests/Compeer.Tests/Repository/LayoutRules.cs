using System.Text.RegularExpressions;

namespace Compeer.Tests.Repository;

/// <summary>What the files keep to as a whole.</summary>
internal static partial class LayoutRules
{
    /// <summary>The solution lists every project and nothing else.</summary>
    public static IEnumerable<Finding> Solution(RepositoryFile solution, IEnumerable<string> paths)
    {
        var listed = ProjectPath().Matches(solution.Text)
            .ToDictionary(match => match.Groups["path"].Value, match => solution.LineOf(match.Index), StringComparer.Ordinal);
        var existing = paths.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return existing.Where(path => !listed.ContainsKey(path))
            .Select(path => new Finding(solution.Path, 1, $"{path} is not in the solution; add it"))
            .Concat(listed.Where(pair => !existing.Contains(pair.Key))
                .Select(pair => new Finding(solution.Path, pair.Value, $"there is no {pair.Key}; take it out")));
    }

    /// <summary>A script can be started, by any shell, and stops at its first error.</summary>
    public static IEnumerable<Finding> Script(RepositoryFile script, UnixFileMode mode)
    {
        const UnixFileMode Everyone = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if ((mode & Everyone) != Everyone)
        {
            yield return new Finding(script.Path, 1, "not executable; chmod +x");
        }

        // A POSIX shell has no pipefail.
        var strict = script.Lines[0] switch
        {
            "#!/usr/bin/env bash" => "set -euo pipefail",
            "#!/bin/sh" => "set -eu",
            _ => null,
        };
        if (strict is null)
        {
            yield return new Finding(script.Path, 1, "begin with \"#!/usr/bin/env bash\" or \"#!/bin/sh\"");
        }
        else if (!script.Lines.Contains(strict))
        {
            yield return new Finding(script.Path, 2, $"say \"{strict}\" before anything is done");
        }
    }

    /// <summary>The folders of the unit tests are those of what they test: a project's name, then its folders.</summary>
    public static IEnumerable<Finding> Mirror(IReadOnlyCollection<string> paths)
    {
        var folders = paths.Where(path => path.StartsWith("src/Compeer.", StringComparison.Ordinal))
            .SelectMany(path => Folders(path["src/Compeer.".Length..]))
            .Append("Repository")
            .ToHashSet(StringComparer.Ordinal);
        const string Tests = "tests/Compeer.Tests/";
        return paths.Where(path => path.StartsWith(Tests, StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal))
            .Where(path => Folders(path[Tests.Length..]).LastOrDefault() is { } folder && !folders.Contains(folder))
            .Select(path => new Finding(path, 1, "no project has such a folder; test a thing in the folder that it is in"));
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    [GeneratedRegex(@"<Project\s+Path=""(?<path>[^""]+)""")]
    private static partial Regex ProjectPath();
}
