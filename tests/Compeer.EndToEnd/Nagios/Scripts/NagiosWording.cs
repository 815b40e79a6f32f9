using System.Text.RegularExpressions;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>What Nagios 4.4 writes differently than Naemon in each line of a kind, brought to Naemon's form.</summary>
internal static partial class NagiosWording
{
    /// <summary>The lines of each step as Naemon would have them.</summary>
    public static List<List<string>> AsNaemon(IReadOnlyList<IReadOnlyList<string>> steps)
    {
        var lines = steps.Select(step => step.Where(line => !SaidTwice().IsMatch(line)).ToList()).ToList();
        MovePassiveLines(lines);
        return lines;
    }

    /// <summary>The hosts and services of which there were results, services as <c>host;description</c>.</summary>
    public static IEnumerable<string> Subjects(IEnumerable<IReadOnlyList<string>> steps) => steps.SelectMany(lines => lines)
        .Select(line => Passive().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value).Distinct();

    /// <summary>
    /// Nagios tells a result from outside before it has taken it: the line shows the result before. Each gets what the next
    /// one of the object shows. So that there is a next one, <see cref="Subjects"/> are given one more result at the end.
    /// </summary>
    private static void MovePassiveLines(List<List<string>> steps)
    {
        var later = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var lines in Enumerable.Reverse(steps))
        {
            for (var place = lines.Count - 1; place >= 0; place--)
            {
                if (Passive().Match(lines[place]) is { Success: true } match)
                {
                    var subject = match.Groups["object"].Value;
                    var shown = lines[place];
                    lines[place] = later.TryGetValue(subject, out var next) ? next : subject + ";never told";
                    later[subject] = shown;
                }
            }
        }
    }

    /// <summary>The second line about a command that failed.</summary>
    [GeneratedRegex("^External command .* returned error Command failed$")]
    private static partial Regex SaidTwice();

    [GeneratedRegex("^(?<object>PASSIVE (SERVICE CHECK: (?<name>[^;]+;[^;]+)|HOST CHECK: (?<name>[^;]+)));")]
    private static partial Regex Passive();
}
