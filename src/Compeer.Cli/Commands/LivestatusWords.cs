using System.Globalization;
using System.Text.RegularExpressions;

namespace Compeer.Cli.Commands;

/// <summary>Makes a livestatus query of the words of <c>mon query ls</c>: options, and filters as the shell's <c>test</c> has them
/// (<c>state -gt 0</c>) or as livestatus has them (<c>state&gt;0</c>).</summary>
internal sealed partial class LivestatusWords(IReadOnlySet<string> columns)
{
    private static readonly Dictionary<string, string> Operators = new(StringComparer.Ordinal)
    {
        ["-e"] = "=",
        ["-ne"] = "!=",
        ["-ei"] = "=~",
        ["-nei"] = "!=~",
        ["-r"] = "~",
        ["-nr"] = "!~",
        ["-ri"] = "~~",
        ["-nri"] = "!~~",
        ["-le"] = "<=",
        ["-lt"] = "<",
        ["-ge"] = ">=",
        ["-gt"] = ">",
        ["-ct"] = ">=",
        ["-nct"] = "!>=",
    };

    private static readonly string[] Formats = ["csv", "json", "python", "wrapped_json"];

    private readonly List<string> _filters = [];
    private readonly SortedDictionary<string, string> _options = new(StringComparer.Ordinal);

    /// <summary>Whether the query is to be shown too (<c>-v</c>).</summary>
    public bool IsVerbose { get; private set; }

    /// <summary>What is wrong; empty when nothing is.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>The query; null with a <see cref="Fault"/>.</summary>
    public string? Compose(string table, IReadOnlyList<string> words)
    {
        for (var at = 0; at < words.Count && Fault.Length == 0;)
        {
            at += Take(words, at);
        }

        return Fault.Length > 0
            ? null
            : string.Concat(new[] { $"GET {table}" }.Concat(_options.Values).Concat(_filters).Select(line => line + "\n"));
    }

    /// <summary>Takes a word, and those that belong to it; gives how many they were.</summary>
    private int Take(IReadOnlyList<string> words, int at)
    {
        var word = words[at];
        var next = at + 1 < words.Count ? words[at + 1] : "";
        switch (word)
        {
            case "-v":
                IsVerbose = true;
                return 1;
            case "-H":
                _options["3 headers"] = "ColumnHeaders: on";
                return 1;
            case "-n":
                _filters.Add("Negate:");
                return 1;
            case "-O":
                Set("4 format", $"OutputFormat: {next}", Formats.Contains(next) ? "" : $"-O is one of {string.Join(", ", Formats)}");
                return 2;
            case "-S":
                var separators = Separators(next);
                Set("5 separators", $"Separators: {separators}", separators is null ? "-S is up to four numbers from 0 to 255" : "");
                return 2;
            case "-c":
                TakeColumns(next);
                return 2;
            case "-l" or "-a" or "-o":
                TakeNumber(word, next);
                return 2;
        }

        if (Numbered().Match(word) is { Success: true } numbered)
        {
            TakeNumber(numbered.Groups[1].Value, numbered.Groups[2].Value);
            return 1;
        }

        if (Filter().Match(word) is { Success: true } filter)
        {
            TakeFilter(filter.Groups[1].Value, filter.Groups[2].Value, filter.Groups[3].Value);
            return 1;
        }

        if (at + 2 >= words.Count || !Operators.TryGetValue(next, out var how))
        {
            Fault = next.Length == 0 ? $"\"{word}\" is neither an option nor a filter"
                : Operators.ContainsKey(next) ? $"there is no value behind \"{word} {next}\""
                : $"\"{next}\" is no operator; there are {string.Join(", ", Operators.Keys)}";
            return 1;
        }

        TakeFilter(word, how, words[at + 2]);
        return 3;
    }

    private void TakeFilter(string column, string how, string value)
    {
        Know(column);
        _filters.Add($"Filter: {column} {how} {value}");
    }

    private void TakeColumns(string list)
    {
        var names = list.Split(',', StringSplitOptions.RemoveEmptyEntries);
        Array.ForEach(names, Know);
        Set("1 columns", $"Columns: {string.Join(' ', names)}", names.Length == 0 ? "there are no columns behind -c" : Fault);
    }

    private void TakeNumber(string option, string text)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            Fault = $"{option} needs a number from 1, not \"{text}\"";
        }
        else if (option == "-l")
        {
            _options["2 limit"] = $"Limit: {number}";
        }
        else
        {
            _filters.Add($"{(option == "-a" ? "And" : "Or")}: {number}");
        }
    }

    private void Set(string place, string line, string fault)
    {
        Fault = fault;
        _options[place] = line;
    }

    private void Know(string column)
    {
        if (!columns.Contains(column))
        {
            Fault = $"the table has no column \"{column}\"";
        }
    }

    /// <summary>Those that are left out are the usual ones.</summary>
    private static string? Separators(string list)
    {
        string[] values = ["10", "59", "44", "124"];
        var given = list.Split(',');
        for (var i = 0; i < given.Length; i++)
        {
            var isFit = given[i].Length == 0 || byte.TryParse(given[i], NumberStyles.None, CultureInfo.InvariantCulture, out _);
            if (i >= values.Length || !isFit)
            {
                return null;
            }

            values[i] = given[i].Length > 0 ? given[i] : values[i];
        }

        return list.Length == 0 ? null : string.Join(' ', values);
    }

    [GeneratedRegex("^(-[lao])([0-9]+)$")]
    private static partial Regex Numbered();

    [GeneratedRegex("^([a-z][0-9a-z_]*)(!?=~?|!?~~?|!?[<>]=?)(.*)$", RegexOptions.Singleline)]
    private static partial Regex Filter();
}
