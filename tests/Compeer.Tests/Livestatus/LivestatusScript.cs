using System.Text;

namespace Compeer.Tests.Livestatus;

/// <summary>
/// A <c>.test</c> file under tests/corpus/livestatus: objects, what happens to them, requests and their answers. A line that begins with
/// <c>===</c> begins a section:
/// <code>
/// === main          the main configuration, once
/// === objects       object definitions, once
/// === commands      external commands without their times, one a minute
/// === log NAME      a file of the monitoring log, the oldest first; queries read all of them
/// === request NAME  a request; its empty last line is not written
/// === answer        its answer, exactly
/// </code>
/// Lines before the first section are for people. The queries of a file see the moment after all commands before them.
/// </summary>
internal sealed class LivestatusScript
{
    private const string Mark = "=== ";

    private LivestatusScript(string about, IReadOnlyList<(string Title, string Text)> sections)
    {
        About = about;
        Sections = sections;
    }

    /// <summary>What stands before the first section.</summary>
    public string About { get; }

    /// <summary>The sections in order, each with its title and its lines.</summary>
    public IReadOnlyList<(string Title, string Text)> Sections { get; }

    /// <summary>Reads a file.</summary>
    public static LivestatusScript Read(string path)
    {
        var about = new StringBuilder();
        var sections = new List<(string Title, StringBuilder Text)>();
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
            {
                sections.Add((line[Mark.Length..], new StringBuilder()));
            }
            else
            {
                (sections.Count == 0 ? about : sections[^1].Text).Append(line).Append('\n');
            }
        }

        return new LivestatusScript(about.ToString(), [.. sections.Select(section => (section.Title, section.Text.ToString()))]);
    }

    /// <summary>Writes a file with other answers.</summary>
    public static void Write(string path, string about, IEnumerable<(string Title, string Text)> sections) =>
        File.WriteAllText(path, about + string.Concat(sections.Select(section => $"{Mark}{section.Title}\n{section.Text}")));
}
