using System.Text.RegularExpressions;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>What the status.dat of nagios4 and of mond say when the steps of all scripts have run.</summary>
/// <param name="Nagios">The blocks of nagios4 by their names.</param>
/// <param name="Ours">Those of mond.</param>
internal sealed partial record StatusPair(
    Dictionary<string, Dictionary<string, string>> Nagios, Dictionary<string, Dictionary<string, string>> Ours)
{
    /// <summary>What is different of a script's objects: lines with the marks of the two.</summary>
    public IEnumerable<string> Differences(string script)
    {
        var own = $"@{script}";
        return Differences(key => Regex.IsMatch(key, $@"{own}\b"))
            .Select(line => Times().Replace(line.Replace(own, "@", StringComparison.Ordinal), "{time}"));
    }

    /// <summary>What is different of the program, and of what belongs to no script.</summary>
    public IEnumerable<string> DifferencesOfNobody() => Differences(key => !key.Contains('@', StringComparison.Ordinal));

    private IEnumerable<string> Differences(Func<string, bool> isOf)
    {
        return StatusBlocks.Differences(Of(Nagios), Of(Ours)).SelectMany(found => (string[])[
            .. found.Theirs is { } theirs ? [ComparedScript.Marks[1] + theirs] : (string[])[],
            .. found.Ours is { } ours ? [ComparedScript.Marks[2] + ours] : (string[])[],
        ]);

        Dictionary<string, Dictionary<string, string>> Of(Dictionary<string, Dictionary<string, string>> blocks) =>
            blocks.Where(block => isOf(block.Key)).ToDictionary(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\b[12]\d{9}\b")]
    private static partial Regex Times();
}
