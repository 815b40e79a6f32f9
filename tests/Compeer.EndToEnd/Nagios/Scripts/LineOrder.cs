using System.Text.RegularExpressions;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>The order of a step's lines: which of several objects comes first is free, what is told of one object has its
/// order.</summary>
internal static partial class LineOrder
{
    /// <summary>The lines by their objects; those of one, and those of none, stay in their order, but that notifications come last,
    /// by the contacts.</summary>
    public static IEnumerable<string> Apply(IEnumerable<string> lines) =>
        lines.OrderBy(Subject, StringComparer.Ordinal).ThenBy(Contact, StringComparer.Ordinal);

    /// <summary>The host or service, empty for the commands themselves, which come first.</summary>
    private static string Subject(string line) => Told().Match(line).Groups["subject"].Value;

    private static string Contact(string line) => Notified().Match(line).Groups["contact"].Value;

    [GeneratedRegex("^(HOST|SERVICE) NOTIFICATION: (?<contact>[^;]+);")]
    private static partial Regex Notified();

    [GeneratedRegex(
        "^(PASSIVE |GLOBAL )?(SERVICE [A-Z ]+: (?<=NOTIFICATION: )[^;]+;(?<subject>[^;]+;[^;]+)"
        + "|SERVICE [A-Z ]+: (?<subject>[^;]+;[^;]+)"
        + "|HOST [A-Z ]+: (?<=NOTIFICATION: )[^;]+;(?<subject>[^;]+)"
        + "|HOST [A-Z ]+: (?<subject>[^;]+))")]
    private static partial Regex Told();
}
