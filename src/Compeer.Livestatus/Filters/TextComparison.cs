using System.Text.RegularExpressions;
using Compeer.Configuration.Text;

namespace Compeer.Livestatus.Filters;

/// <summary>Compares texts in the way of one operator with one reference.</summary>
internal sealed class TextComparison
{
    private readonly FilterOperator _how;
    private readonly byte[] _bytes;
    private readonly Regex? _pattern;

    private TextComparison(FilterOperator how, string reference, Regex? pattern)
    {
        _how = how;
        Reference = reference;
        _bytes = ConfigurationText.Encode(reference);
        _pattern = pattern;
    }

    /// <summary>What is compared with.</summary>
    public string Reference { get; }

    /// <summary>Whether only this text is accepted.</summary>
    public bool IsEquality => _how is { Comparison: Comparison.Equal, IsNegated: false };

    /// <summary>Puts it together; null with what is wrong with a regular expression.</summary>
    public static TextComparison? Create(FilterOperator how, string reference, out string error)
    {
        error = "";
        if (how.Comparison is not (Comparison.Matches or Comparison.MatchesIgnoringCase))
        {
            return new TextComparison(how, reference, pattern: null);
        }

        var pattern = SafePattern.Create(reference, how.Comparison == Comparison.MatchesIgnoringCase, out error);
        return pattern is null ? null : new TextComparison(how, reference, pattern);
    }

    /// <summary>Whether a text is accepted.</summary>
    public bool Accepts(ReadOnlySpan<byte> text)
    {
        var isSo = _how.Comparison switch
        {
            Comparison.Equal => text.SequenceEqual(_bytes),
            Comparison.Less => text.SequenceCompareTo(_bytes) < 0,
            Comparison.Greater => text.SequenceCompareTo(_bytes) > 0,
            Comparison.EqualIgnoringCase => ConfigurationText.Decode(text).Equals(Reference, StringComparison.OrdinalIgnoreCase),
            _ => _pattern!.IsMatch(ConfigurationText.Decode(text)),
        };
        return isSo != _how.IsNegated;
    }

    /// <summary>Whether a text is accepted.</summary>
    public bool Accepts(string text) => _how.Comparison switch
    {
        Comparison.Equal => (text == Reference) != _how.IsNegated,
        Comparison.EqualIgnoringCase => text.Equals(Reference, StringComparison.OrdinalIgnoreCase) != _how.IsNegated,
        Comparison.Matches or Comparison.MatchesIgnoringCase => _pattern!.IsMatch(text) != _how.IsNegated,
        _ => Accepts(ConfigurationText.Encode(text)),
    };
}
