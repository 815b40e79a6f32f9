namespace Compeer.Tests.Configuration;

/// <summary>The tables of directives and variables of Naemon under tests/corpus/reference.</summary>
internal static class ReferenceTables
{
    /// <summary>A directive of an object type, or a variable of the main configuration.</summary>
    /// <param name="Type">The object type; empty for variables.</param>
    /// <param name="Name">Its first spelling.</param>
    /// <param name="Aliases">The others.</param>
    /// <param name="Kind">How it is read.</param>
    /// <param name="Default">What counts without it.</param>
    /// <param name="Note">What else there is to know: the letters of options, for instance.</param>
    public sealed record Row(string Type, string Name, string[] Aliases, string Kind, string Default, string Note);

    public static IEnumerable<Row> Directives() => Rows("object-directives.tsv").Select(c => Create(c[0], c[1..]));

    public static IEnumerable<Row> Variables() => Rows("main-config.tsv").Select(c => Create("", c));

    private static Row Create(string type, string[] columns) => new(
        type, columns[0], columns[1].Split(',', StringSplitOptions.RemoveEmptyEntries), columns[2], columns[3], columns[4]);

    private static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(Path.Combine(ConfigurationCorpusTests.RepositoryFolder("tests/corpus/reference"), file))
            .Skip(1)
            .Select(line => (line + "\t\t\t\t\t").Split('\t'));
}
