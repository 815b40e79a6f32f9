using System.Text.RegularExpressions;

namespace Compeer.Tests.Repository;

/// <summary>Numbered schemas and the document that describes them say the same.</summary>
internal static partial class SchemaRules
{
    /// <summary>
    /// Each message of the schemas has a heading of its name, and under it a table with one row per field: number, name,
    /// type, and whether it is repeated.
    /// </summary>
    public static IEnumerable<Finding> Described(RepositoryFile document, IEnumerable<RepositoryFile> schemas)
    {
        var fields = schemas.SelectMany(Fields).ToDictionary();
        var rows = Rows(document).ToDictionary();
        return fields.Where(field => !rows.ContainsKey(field.Key))
            .Select(field => field.Value with { Problem = $"{document.Path} has no row {field.Key}; describe it" })
            .Concat(rows.Where(row => !fields.ContainsKey(row.Key))
                .Select(row => row.Value with { Problem = $"no schema has {row.Key}; correct the row" }));
    }

    private static IEnumerable<KeyValuePair<string, Finding>> Fields(RepositoryFile schema)
    {
        var message = "";
        foreach (var (index, line) in schema.Lines.Index())
        {
            if (Message().Match(line) is { Success: true } heading)
            {
                message = heading.Groups["name"].Value;
            }
            else if (Field().Match(line) is { Success: true } field)
            {
                var type = field.Groups["type"].Value + (field.Groups["repeated"].Success ? ", repeated" : "");
                yield return Pair(schema, index, message, field, type);
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, Finding>> Rows(RepositoryFile document)
    {
        var message = "";
        foreach (var (index, line) in document.Lines.Index())
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                message = heading.Groups["name"].Value;
            }
            else if (Row().Match(line) is { Success: true } row)
            {
                yield return Pair(document, index, message, row, row.Groups["type"].Value);
            }
        }
    }

    private static KeyValuePair<string, Finding> Pair(RepositoryFile file, int index, string message, Match match, string type) =>
        new(
            $"{message} {match.Groups["number"].Value} {match.Groups["name"].Value} ({type})",
            new Finding(file.Path, index + 1, ""));

    [GeneratedRegex(@"^message\s+(?<name>\w+)")]
    private static partial Regex Message();

    [GeneratedRegex(@"^\s+(?:(?<repeated>repeated\s+)|optional\s+)?(?<type>\w+)\s+(?<name>\w+)\s*=\s*(?<number>\d+);")]
    private static partial Regex Field();

    [GeneratedRegex(@"^### (?<name>\w+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| (?<number>\d+) \| (?<name>\w+) \| (?<type>[^|]+?) \|")]
    private static partial Regex Row();
}
