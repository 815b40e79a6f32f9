using System.Text.RegularExpressions;

namespace Compeer.Tests.Repository;

/// <summary>
/// Which folder of a project may use which of its others: the tables of docs/architecture.md, held against the code. Seen are
/// the namespaces that a file imports or writes out, and the types of enclosing namespaces, which need no import.
/// </summary>
internal static partial class CorridorRules
{
    /// <summary>The name of a project's root namespace in its table: the front door.</summary>
    public const string Root = "front door";

    private const string Everything = "all";

    /// <summary>The tables: under a heading <c>### Corridors of Compeer.X</c>, per row a folder and those it may use.</summary>
    public static Dictionary<string, Dictionary<string, string[]>> Tables(RepositoryFile document)
    {
        var tables = new Dictionary<string, Dictionary<string, string[]>>(StringComparer.Ordinal);
        Dictionary<string, string[]>? table = null;
        foreach (var line in document.Lines)
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                table = tables[heading.Groups["project"].Value] = new Dictionary<string, string[]>(StringComparer.Ordinal);
            }
            else if (line.StartsWith('#'))
            {
                table = null;
            }
            else if (table is not null && Row().Match(line) is { Success: true } row && !row.Groups["folder"].Value.StartsWith('-')
                && row.Groups["folder"].Value != "Folder")
            {
                table[row.Groups["folder"].Value] =
                    row.Groups["uses"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            }
        }

        return tables;
    }

    /// <summary>A table that lets folders use each other in a circle, or that names a folder nobody has.</summary>
    public static IEnumerable<Finding> Order(RepositoryFile document, string project, Dictionary<string, string[]> table)
    {
        foreach (var (folder, uses) in table)
        {
            foreach (var used in uses.Where(used => used != Everything && !table.ContainsKey(used)))
            {
                yield return new Finding(document.Path, 1, $"{project}: {folder} may use {used}, which has no row");
            }

            if (uses.Any(used => Reaches(table, used, folder, [])))
            {
                yield return new Finding(document.Path, 1, $"{project}: {folder} may use itself by way of others; break the circle");
            }
        }
    }

    /// <summary>Folders without a row, rows without a folder, and each use that the table does not allow.</summary>
    public static IEnumerable<Finding> Kept(
        RepositoryFile document, string project, Dictionary<string, string[]> table, IReadOnlyList<RepositoryFile> code)
    {
        var files = code.Where(file => file.Path.StartsWith($"src/{project}/", StringComparison.Ordinal)).ToList();
        var folders = files.Select(file => FolderOf(project, file)).Distinct().ToHashSet(StringComparer.Ordinal);
        foreach (var folder in folders.Where(folder => !table.ContainsKey(folder)).Order(StringComparer.Ordinal))
        {
            yield return new Finding(document.Path, 1, $"{project} has a folder {folder} without a row; say what it may use");
        }

        foreach (var row in table.Keys.Where(row => !folders.Contains(row)))
        {
            yield return new Finding(document.Path, 1, $"{project} has no folder {row}; take its row out");
        }

        var declared = files.SelectMany(file => Types(file).Select(type => (Type: type, Folder: FolderOf(project, file))))
            .GroupBy(pair => pair.Folder)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.Type).ToHashSet(StringComparer.Ordinal));
        foreach (var file in files)
        {
            var folder = FolderOf(project, file);
            if (!table.TryGetValue(folder, out var allowed) || allowed.Contains(Everything))
            {
                continue;
            }

            foreach (var (used, line) in Uses(project, folder, file, declared).DistinctBy(use => use.Folder))
            {
                if (used != folder && !allowed.Contains(used) && folders.Contains(used))
                {
                    yield return new Finding(file.Path, line, $"{folder} may not use {used}; see the corridors in {document.Path}");
                }
            }
        }
    }

    private static IEnumerable<(string Folder, int Line)> Uses(
        string project, string folder, RepositoryFile file, Dictionary<string, HashSet<string>> declared)
    {
        var code = CSharpText.Blank(file.Text);
        foreach (Match match in Regex.Matches(code, $@"\b{Regex.Escape(project)}((?:\.[A-Z]\w*)+)"))
        {
            if (!code.AsSpan(0, match.Index).EndsWith("namespace "))
            {
                // The longest part of it that is a folder: what follows is a type.
                var parts = match.Groups[1].Value[1..].Split('.');
                for (var length = parts.Length; length >= 0; length--)
                {
                    var name = length == 0 ? Root : string.Join('/', parts[..length]);
                    if (declared.ContainsKey(name))
                    {
                        yield return (name, file.LineOf(match.Index));
                        break;
                    }
                }
            }
        }

        var enclosing = Enclosing(folder).Where(declared.ContainsKey).ToList();
        foreach (Match word in Word().Matches(code))
        {
            foreach (var above in enclosing.Where(above => declared[above].Contains(word.Value)))
            {
                yield return (above, file.LineOf(word.Index));
            }
        }
    }

    private static IEnumerable<string> Enclosing(string folder)
    {
        for (var slash = folder.LastIndexOf('/'); slash > 0; slash = folder.LastIndexOf('/'))
        {
            folder = folder[..slash];
            yield return folder;
        }

        yield return Root;
    }

    private static bool Reaches(Dictionary<string, string[]> table, string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && table.TryGetValue(from, out var uses) && uses.Any(next => Reaches(table, next, to, seen)));

    private static string FolderOf(string project, RepositoryFile file)
    {
        var inside = file.Path[$"src/{project}/".Length..];
        var slash = inside.LastIndexOf('/');
        return slash < 0 ? Root : inside[..slash];
    }

    private static IEnumerable<string> Types(RepositoryFile file) =>
        DeclaredType().Matches(CSharpText.Blank(file.Text)).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^### Corridors of (?<project>Compeer\.\w+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| *(?<folder>[^|]+?) *\|(?<uses>[^|]*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w*")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?:\w+ )*(?:class|struct|interface|enum|record(?: class| struct)?) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex DeclaredType();
}
