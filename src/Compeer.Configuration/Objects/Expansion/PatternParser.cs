using System.Collections.Immutable;
using System.Globalization;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>
/// Reads a regular expression as the C library's <c>regcomp</c> does with REG_EXTENDED in the locale C, which is how Naemon
/// reads it: POSIX extended regular expressions with GNU's escapes, over bytes.
/// <code>
/// choice   = sequence *( "|" sequence )          each may be empty
/// sequence = *( part *( "*" / "+" / "?" / "{" [least] [ "," [most] ] "}" ) / anchor )
/// part     = "(" choice ")" / bracket / "." / "\" character / character
/// anchor   = "^" / "$" / "\&lt;" / "\&gt;" / "\b" / "\B" / "\`" / "\'"
/// </code>
/// Nothing repeats an anchor, and a repetition at the start of a sequence is an error; <c>)</c> without <c>(</c> and <c>}</c>
/// are ordinary characters, <c>{</c> never is.
/// </summary>
internal sealed class PatternParser
{
    /// <summary>RE_DUP_MAX of the C library.</summary>
    private const int MostRepetitions = 0x7FFF;

    private static readonly bool[] Any = PatternBytes.Where(value => value != 0);
    private static readonly bool[] Space = PatternBytes.OfClass("space")!;
    private static readonly bool[] NoSpace = PatternBytes.Where(value => !Space[value]);
    private static readonly bool[] NoWord = PatternBytes.Where(value => !PatternBytes.Word[value]);

    private readonly byte[] _text;
    private int _at;
    private int _depth;

    private PatternParser(string pattern) => _text = ConfigurationText.Encode(pattern);

    private bool IsAtEnd => _at == _text.Length;

    /// <summary>The parts of a pattern.</summary>
    /// <exception cref="FormatException">It is no regular expression; the message says why.</exception>
    public static PatternNode Parse(string pattern)
    {
        var parser = new PatternParser(pattern);
        return parser.ParseChoice();
    }

    private PatternNode ParseChoice()
    {
        var choices = ImmutableArray.CreateBuilder<PatternNode>();
        do
        {
            choices.Add(ParseSequence());
        }
        while (TryTake('|'));
        return choices.Count == 1 ? choices[0] : new PatternNode.Choice(choices.ToImmutable());
    }

    private PatternNode.Sequence ParseSequence()
    {
        var parts = ImmutableArray.CreateBuilder<PatternNode>();
        while (!IsAtEnd && _text[_at] != '|' && !(_text[_at] == ')' && _depth > 0))
        {
            var part = ParsePart();
            while (part is not PatternNode.Anchor && TryParseRepetition(ref part))
            {
            }

            parts.Add(part);
        }

        return new PatternNode.Sequence(parts.ToImmutable());
    }

    private PatternNode ParsePart()
    {
        var value = _text[_at++];
        switch (value)
        {
            case (byte)'*' or (byte)'+' or (byte)'?' or (byte)'{':
                throw new FormatException($"there is nothing that '{(char)value}' could repeat");
            case (byte)'(':
                _depth++;
                var inner = ParseChoice();
                _depth--;
                return TryTake(')')
                    ? new PatternNode.Sequence([inner])
                    : throw new FormatException("'(' is not closed");
            case (byte)'[':
                return new PatternNode.Set(PatternBracket.Parse(_text, ref _at));
            case (byte)'.':
                return new PatternNode.Set(Any);
            case (byte)'^':
                return new PatternNode.Anchor(PatternPlace.Start);
            case (byte)'$':
                return new PatternNode.Anchor(PatternPlace.End);
            case (byte)'\\':
                return ParseEscape();
            default:
                return new PatternNode.Set(PatternBytes.Only(value));
        }
    }

    private PatternNode ParseEscape()
    {
        if (IsAtEnd)
        {
            throw new FormatException("it ends in a backslash");
        }

        var value = _text[_at++];
        return (char)value switch
        {
            >= '1' and <= '9' => throw new FormatException($"back-references like '\\{(char)value}' are not possible"),
            'w' => new PatternNode.Set(PatternBytes.Word),
            'W' => new PatternNode.Set(NoWord),
            's' => new PatternNode.Set(Space),
            'S' => new PatternNode.Set(NoSpace),
            '`' => new PatternNode.Anchor(PatternPlace.Start),
            '\'' => new PatternNode.Anchor(PatternPlace.End),
            '<' => new PatternNode.Anchor(PatternPlace.WordStart),
            '>' => new PatternNode.Anchor(PatternPlace.WordEnd),
            'b' => new PatternNode.Anchor(PatternPlace.WordEdge),
            'B' => new PatternNode.Anchor(PatternPlace.NoWordEdge),
            _ => new PatternNode.Set(PatternBytes.Only(value)),
        };
    }

    private bool TryParseRepetition(ref PatternNode part)
    {
        var times = IsAtEnd ? default((int Least, int? Most)?) : (char)_text[_at] switch
        {
            '*' => (0, null),
            '+' => (1, null),
            '?' => (0, 1),
            '{' => ParseInterval(),
            _ => null,
        };
        if (times is not { } found)
        {
            return false;
        }

        _at++;
        part = new PatternNode.Repeat(part, found.Least, found.Most);
        return true;
    }

    /// <summary>From the opening to the closing brace; <c>{,n}</c> is <c>{0,n}</c>.</summary>
    private (int Least, int? Most) ParseInterval()
    {
        var start = _at++;
        var least = ParseNumber();
        var most = least;
        if (!IsAtEnd && _text[_at] == ',')
        {
            _at++;
            least ??= 0;
            most = ParseNumber();
        }

        if (IsAtEnd)
        {
            throw new FormatException("'{' is not closed");
        }

        if (least is not { } times || _text[_at] != '}' || most < times)
        {
            var end = Array.IndexOf(_text, (byte)'}', start);
            var text = ConfigurationText.Decode(_text.AsSpan(start..(end < 0 ? _text.Length : end + 1)));
            throw new FormatException($"'{text}' is no number of repetitions");
        }

        return (most ?? times) <= MostRepetitions
            ? (times, most)
            : throw new FormatException($"'{{' repeats more than {MostRepetitions} times");
    }

    private int? ParseNumber()
    {
        var start = _at;
        while (!IsAtEnd && char.IsAsciiDigit((char)_text[_at]))
        {
            _at++;
        }

        return _at == start
            ? null
            : int.TryParse(_text.AsSpan(start.._at), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : int.MaxValue;
    }

    private bool TryTake(char value)
    {
        var isThere = !IsAtEnd && _text[_at] == value;
        _at += isThere ? 1 : 0;
        return isThere;
    }
}
