using System.Text.RegularExpressions;

namespace Compeer.Tests.Repository;

/// <summary>What every text file keeps to.</summary>
internal static partial class TextRules
{
    // Put together, so that this file is not a finding itself.
    private static readonly string[] OpenMarks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "Not" + "ImplementedException"];

    private static readonly Regex OpenMark = new($@"\b({string.Join('|', OpenMarks)})\b");

    private static readonly Regex RegistryHost = new(@"(?i)\b(" + "nuget" + @"\.org|registry\." + "npmjs" + @"\.org)\b");

    public static IEnumerable<Finding> LeftOpen(RepositoryFile file) =>
        Each(file, OpenMark, word => $"\"{word}\" is work left open; finish it or take it out");

    public static IEnumerable<Finding> MachinePaths(RepositoryFile file) =>
        Each(file, MachinePath(), path => $"\"{path}\" is a path of one machine; write one from the repository's root");

    public static IEnumerable<Finding> RegistryHosts(RepositoryFile file) =>
        Each(file, RegistryHost, host => $"\"{host}\" is a package registry; which one to use is the machine's setting");

    public static IEnumerable<Finding> Whitespace(RepositoryFile file)
    {
        if (file.Text.Length > 0 && !file.Text.EndsWith('\n'))
        {
            yield return new Finding(file.Path, file.LineCount, "the last line has no end; add a line break");
        }

        foreach (var (index, line) in file.Lines.Index())
        {
            if (line.EndsWith(' ') || line.EndsWith('\t') || line.EndsWith('\r'))
            {
                yield return new Finding(file.Path, index + 1, "blanks or a carriage return at the end; take them away");
            }
        }
    }

    private static IEnumerable<Finding> Each(RepositoryFile file, Regex pattern, Func<string, string> problem) =>
        pattern.Matches(file.Text).Select(match => new Finding(file.Path, file.LineOf(match.Index), problem(match.Value)));

    [GeneratedRegex(@"(?<![\w.$}\])/-])/(?:work|root|home)/[\w.-]+")]
    private static partial Regex MachinePath();
}
