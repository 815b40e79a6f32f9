using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>
/// The log of one program, read as it grows, its lines handed out to the scripts that they belong to: by the script's name behind an
/// <c>@</c>, or all that are not of the program's own life to a script that runs alone.
/// </summary>
internal sealed partial class ScriptLog(string file)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<string>> _lines = new(StringComparer.Ordinal);
    private readonly StringBuilder _part = new();
    private long _read;
    private string? _alone;

    /// <summary>Who gets what belongs to nobody; null for nobody.</summary>
    public string? Alone
    {
        set
        {
            lock (_gate)
            {
                _alone = value;
            }
        }
    }

    /// <summary>The lines of a script from a place on, without their times.</summary>
    public IReadOnlyList<string> Of(string script, int from)
    {
        lock (_gate)
        {
            ReadOn();
            return _lines.TryGetValue(script, out var lines) ? lines[from..] : [];
        }
    }

    /// <summary>The command that a script marks the end of a step with.</summary>
    public static string Mark(string script, int step) => string.Create(CultureInfo.InvariantCulture, $"_STEP;{step}@{script}");

    private void ReadOn()
    {
        if (!File.Exists(file))
        {
            return;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = _read;
        var buffer = new byte[64 << 10];
        int count;
        while ((count = stream.Read(buffer)) > 0)
        {
            _read += count;
            _part.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        var text = _part.ToString();
        var end = text.LastIndexOf('\n') + 1;
        _part.Remove(0, end);
        foreach (var line in text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            HandOut(Time().Replace(line, "", 1));
        }
    }

    private void HandOut(string line)
    {
        var owner = Owner().Match(line) is { Success: true } match ? match.Groups["script"].Value : null;
        if (owner is null && _alone is not null && Told().IsMatch(line))
        {
            owner = _alone;
        }

        if (owner is not null)
        {
            if (!_lines.TryGetValue(owner, out var lines))
            {
                lines = [];
                _lines.Add(owner, lines);
            }

            lines.Add(line);
        }
    }

    [GeneratedRegex(@"^\[\d+\] ")]
    private static partial Regex Time();

    [GeneratedRegex(@"@(?<script>\w+)")]
    private static partial Regex Owner();

    [GeneratedRegex("^(EXTERNAL COMMAND|(HOST|SERVICE) |PASSIVE |GLOBAL |Warning: |Error: |External command )")]
    private static partial Regex Told();
}
