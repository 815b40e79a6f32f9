using System.Text;

namespace Compeer.Tests.Configuration;

/// <summary>Writes object blocks and draws their values; remembers which features it drew.</summary>
internal sealed class RandomText(int seed, bool hasPatterns)
{
    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    /// <summary>Whether lists of names hold regular expressions.</summary>
    public bool HasPatterns { get; } = hasPatterns;

    /// <summary>The features drawn so far.</summary>
    public HashSet<string> Drawn { get; } = [];

    public override string ToString() => _text.ToString();

    public void Raw(string text) => _text.Append(text);

    public int Next(int below) => _random.Next(below);

    public bool OneIn(int outOf) => _random.Next(outOf) == 0;

    public void Block(string type, params (string Directive, string? Value)[] lines)
    {
        Open(type);
        foreach ((var directive, var value) in lines)
        {
            Line(directive, value);
        }

        Close();
    }

    public void Open(string type) => _text.Append("define ").Append(type).Append(" {\n");

    /// <summary>A directive; nothing when the value is null or empty.</summary>
    public void Line(string directive, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _text.Append("  ").Append(directive).Append(' ').Append(value).Append('\n');
        }
    }

    public void Close() => _text.Append("}\n");

    /// <summary>One of these, with the name of the feature that it is.</summary>
    public string? One(params (string Feature, string? Value)[] choices)
    {
        (var feature, var value) = choices[_random.Next(choices.Length)];
        if (value is not null)
        {
            Drawn.Add(feature);
        }

        return value;
    }

    /// <summary>The value once in so many times, with the name of the feature that it is.</summary>
    public string? Maybe(int outOf, string feature, Func<string> value)
    {
        if (_random.Next(outOf) != 0)
        {
            return null;
        }

        Drawn.Add(feature);
        return value();
    }

    /// <summary>One to three different names of the first <paramref name="count"/>, in random order.</summary>
    public string Pick(int count, Func<int, string> name)
    {
        int[] numbers = [.. Enumerable.Range(0, count)];
        _random.Shuffle(numbers);
        return string.Join(',', numbers.Take(_random.Next(1, 4)).Select(name));
    }

    /// <summary>All names; nagios4 knows <c>*</c> and Naemon's regular expressions each in their place only.</summary>
    public string Everything() => HasPatterns ? ".*" : "*";

    /// <summary>A list of names of one prefix in any of its forms: plain, all, all but one, and by regular expression. Where regular
    /// expressions are on, nagios4 does not know <c>!</c>; the corpus has that.</summary>
    public string Names(string prefix, int count, string feature) => _random.Next(HasPatterns ? 5 : 4) switch
    {
        0 => One(($"{feature} by wildcard", Everything()))!,
        1 => HasPatterns ? Everything() : One(($"{feature} with exclusion", $"*,!{prefix}{_random.Next(count)}"))!,
        4 => One(($"{feature} by regular expression", $"{prefix}[0-{_random.Next(count)}]+$"))!,
        _ => One(($"{feature} by name", Pick(count, n => $"{prefix}{n}")))!,
    };
}
