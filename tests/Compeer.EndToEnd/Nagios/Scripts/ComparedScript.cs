using System.Collections.Immutable;
using System.Text;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>
/// A script: objects of its own, and steps. In its text <c>@</c> makes a name the script's own, <c>{now}</c> and <c>{now+5}</c> are
/// times, <c>{blank}</c> and <c>{tab}</c> what cannot be seen at the end of a line. Lines that begin with one of
/// <see cref="Marks"/> are what came of the step before them.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its lines without the answers.</param>
/// <param name="Main">Lines for the main configuration.</param>
/// <param name="Differs">The rules by which the two programs differ in it; each stands in docs/compatibility.md.</param>
/// <param name="IsAlone">Whether it changes what concerns others too, so that nothing else runs beside it.</param>
/// <param name="Objects">Its objects.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="Golden">All of it as written, answers included.</param>
internal sealed record ComparedScript(
    string Name,
    ImmutableArray<string> Text,
    ImmutableArray<string> Main,
    ImmutableArray<string> Differs,
    bool IsAlone,
    ImmutableArray<ScriptObject> Objects,
    ImmutableArray<ScriptStep> Steps,
    string Golden)
{
    /// <summary>Before a line of both, of Nagios only, of mond only, and before what somebody was waited for in vain to write.</summary>
    public static readonly ImmutableArray<string> Marks = ["> ", "nagios> ", "mond> ", "never> "];

    private const string Heading = "script ";

    /// <summary>The scripts of a file, each from its <c>script NAME</c> on.</summary>
    public static IEnumerable<ComparedScript> ParseAll(string file)
    {
        var lines = new List<string>();
        foreach (var line in file.Split('\n'))
        {
            if (line.StartsWith(Heading, StringComparison.Ordinal) && lines.Exists(IsHeading))
            {
                yield return Parse(lines);
                lines.Clear();
            }

            lines.Add(line);
        }

        yield return Parse(lines);
    }

    /// <summary>One script.</summary>
    /// <exception cref="ScriptException">A line of it means nothing.</exception>
    public static ComparedScript Parse(IReadOnlyList<string> lines)
    {
        var golden = string.Join('\n', lines).Trim('\n') + "\n";
        string[] text = [.. golden.Split('\n').SkipLast(1).Where(line => !Marks.Any(line.StartsWith))];
        var name = text.FirstOrDefault(IsHeading)?[Heading.Length..] ?? throw new ScriptException("a script begins with 'script NAME'");
        var main = ImmutableArray.CreateBuilder<string>();
        var differs = ImmutableArray.CreateBuilder<string>();
        var objects = ImmutableArray.CreateBuilder<ScriptObject>();
        var steps = new List<(List<string> Written, List<string> Commands, List<string> Awaited)>();
        var isAlone = false;
        foreach (var line in text.Where(line => line.Length > 0 && line[0] != '#' && !IsHeading(line)))
        {
            (var verb, var rest) = Split(line);
            switch (verb)
            {
                case "main":
                    main.Add(rest);
                    break;
                case "differs":
                    differs.Add(rest);
                    break;
                case "alone":
                    isAlone = true;
                    break;
                case "await":
                    steps[^1].Awaited.Add(Own(rest, name));
                    steps[^1].Written.Add(line);
                    break;
                default:
                    if (ScriptObject.Parse(Own(line, name)) is { } made)
                    {
                        objects.Add(made);
                    }
                    else
                    {
                        steps.Add(([line], [Own(Command(verb, rest, line), name)], []));
                    }

                    break;
            }
        }

        return new ComparedScript(
            name,
            [.. text],
            main.ToImmutable(),
            differs.ToImmutable(),
            isAlone,
            objects.ToImmutable(),
            [.. steps.Select(step => new ScriptStep([.. step.Written], [.. step.Commands], [.. step.Awaited]))],
            golden);
    }

    /// <summary>The script with what came of each step behind it.</summary>
    /// <param name="answers">Per step the lines, each with its mark.</param>
    public string With(IReadOnlyList<IReadOnlyList<string>> answers)
    {
        var written = new StringBuilder();
        var step = -1;
        foreach (var line in Text)
        {
            if (step + 1 < Steps.Length && line == Steps[step + 1].Written[0])
            {
                step++;
            }

            written.Append(line).Append('\n');
            if (step >= 0 && step < answers.Count && line == Steps[step].Written[^1])
            {
                written.AppendJoin("", answers[step].Select(answer => answer + "\n"));
            }
        }

        return written.ToString();
    }

    private static bool IsHeading(string line) => line.StartsWith(Heading, StringComparison.Ordinal);

    private static string Own(string text, string name) => text.Replace("@", $"@{name}", StringComparison.Ordinal);

    /// <summary><c>result web@;http@ 2 text</c>, <c>raw anything</c>, or an external command without its time.</summary>
    private static string Command(string verb, string rest, string line)
    {
        switch (verb)
        {
            case "raw":
                return rest;
            case "result":
                (var subject, var said) = Split(rest);
                (var code, var output) = Split(said);
                var kind = subject.Contains(';', StringComparison.Ordinal) ? "SERVICE" : "HOST";
                return $"[{{now}}] PROCESS_{kind}_CHECK_RESULT;{subject};{code};{output}";
            default:
                return char.IsUpper(verb[0]) || verb[0] == '_' ? $"[{{now}}] {line}" : throw new ScriptException($"no step: {line}");
        }
    }

    private static (string First, string After) Split(string text)
    {
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank < 0 ? (text, "") : (text[..blank], text[(blank + 1)..]);
    }
}
