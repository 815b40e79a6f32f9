using System.Buffers;
using System.Globalization;
using System.Text;
using Compeer.Configuration.Text;

namespace Compeer.Livestatus.Output;

/// <summary>Writes rows, values and lists in the format that a request asks for.</summary>
internal sealed class ValueWriter(ResponseBuffer buffer, OutputFormat format, Separators separators, bool isLatin1)
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Where(value => value is < 0x20 or >= 0x80 or '"' or '\\').Select(value => (byte)value)]);

    private static ReadOnlySpan<byte> HexDigits => "0123456789abcdef"u8;

    private readonly bool _isCsv = format == OutputFormat.Csv;
    private readonly WrittenFraction?[] _fractions = new WrittenFraction?[64];
    private bool _needsRowSeparator;
    private bool _needsFieldSeparator;

    /// <summary>One that writes fields in the same way elsewhere.</summary>
    public ValueWriter To(ResponseBuffer other) => new(other, format, separators, isLatin1);

    /// <summary>Fields of a row follow that are written for themselves.</summary>
    public void BeginFields() => _needsFieldSeparator = false;

    /// <summary>Fields that were written for themselves.</summary>
    public void Fields(ResponseBuffer written)
    {
        NextField();
        written.CopyTo(buffer);
    }

    /// <summary>Begins the answer.</summary>
    /// <param name="hasHeaders">Whether a row of names follows.</param>
    public void Begin(bool hasHeaders)
    {
        if (format == OutputFormat.WrappedJson)
        {
            buffer.Add(hasHeaders ? "{\"columns\":"u8 : "{\"data\":["u8);
        }
        else if (!_isCsv)
        {
            buffer.Add((byte)'[');
        }
    }

    /// <summary>The row of names is written.</summary>
    public void EndHeaders()
    {
        if (format == OutputFormat.WrappedJson)
        {
            buffer.Add(",\"data\":["u8);
            _needsRowSeparator = false;
        }
    }

    /// <summary>Ends the answer.</summary>
    /// <param name="total">Rows that fit the filter, those left out by Limit and Offset included.</param>
    public void End(long total)
    {
        if (_isCsv)
        {
            return;
        }

        buffer.Add((byte)']');
        if (format == OutputFormat.WrappedJson)
        {
            buffer.Add(",\"total_count\":"u8);
            Number(total);
            buffer.Add((byte)'}');
        }

        buffer.Add((byte)'\n');
    }

    /// <summary>Begins a row.</summary>
    public void BeginRow()
    {
        _needsFieldSeparator = false;
        if (_isCsv)
        {
            return;
        }

        buffer.Add(_needsRowSeparator ? ",\n["u8 : "["u8);
    }

    /// <summary>A field follows.</summary>
    public void NextField()
    {
        if (_needsFieldSeparator)
        {
            buffer.Add(_isCsv ? separators.Field : (byte)',');
        }

        _needsFieldSeparator = true;
    }

    /// <summary>Ends a row.</summary>
    public void EndRow()
    {
        buffer.Add(_isCsv ? separators.Row : (byte)']');
        _needsRowSeparator = true;
    }

    /// <summary>A whole number.</summary>
    public void Number(long value)
    {
        if ((ulong)value < 10)
        {
            buffer.Add((byte)('0' + value));
            return;
        }

        value.TryFormat(buffer.GetSpan(20), out var written, default, CultureInfo.InvariantCulture);
        buffer.Advance(written);
    }

    /// <summary>Microseconds as seconds with six places after the point.</summary>
    public void Microseconds(long value)
    {
        (var seconds, var rest) = Math.DivRem(value, 1_000_000);
        Number(seconds);
        buffer.Add((byte)'.');
        rest.TryFormat(buffer.GetSpan(6), out var written, "D6", CultureInfo.InvariantCulture);
        buffer.Advance(written);
    }

    /// <summary>A number with a fraction, as C's <c>%.10e</c> writes it; 0 for what is none.</summary>
    public void Fraction(double value)
    {
        // Most are one of a few: intervals, thresholds, nothing at all.
        var bits = BitConverter.DoubleToInt64Bits(double.IsFinite(value) ? value : 0);
        var place = (int)(((ulong)bits * 0x9E3779B97F4A7C15) >> 58);
        if (_fractions[place] is not { } known || known.Bits != bits)
        {
            Span<byte> text = stackalloc byte[32];
            BitConverter.Int64BitsToDouble(bits).TryFormat(text, out var written, "0.0000000000e+00", CultureInfo.InvariantCulture);
            known = new WrittenFraction(bits, text[..written].ToArray());
            _fractions[place] = known;
        }

        buffer.Add(known.Text);
    }

    /// <summary>No value.</summary>
    public void Nothing() => buffer.Add(format switch
    {
        OutputFormat.Csv => ""u8,
        OutputFormat.Python => "None"u8,
        _ => "null"u8,
    });

    /// <summary>A text of the configuration.</summary>
    public void Text(string text)
    {
        var most = text.Length * ConfigurationText.MostBytesPerChar;
        if (_isCsv)
        {
            buffer.Advance(ConfigurationText.Encode(text, buffer.GetSpan(most)));
            return;
        }

        // Mostly nothing in it has to be escaped: written where it is to stand, and only then looked at.
        var isPython = format == OutputFormat.Python;
        var place = buffer.GetSpan(most + 3);
        var start = isPython ? 2 : 1;
        place[0] = (byte)'u';
        place[start - 1] = (byte)'"';
        var used = ConfigurationText.Encode(text, place[start..]);
        if (place.Slice(start, used).IndexOfAny(Escaped) < 0)
        {
            place[start + used] = (byte)'"';
            buffer.Advance(start + used + 1);
            return;
        }

        Text(place.Slice(start, used).ToArray());
    }

    /// <summary>A text as bytes: usually UTF-8; what is not is taken for Latin-1 where it has to be Unicode.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        if (_isCsv)
        {
            buffer.Add(text);
            return;
        }

        buffer.Add(format == OutputFormat.Python ? "u\""u8 : "\""u8);
        while (text.IndexOfAny(Escaped) is >= 0 and var next)
        {
            buffer.Add(text[..next]);
            text = text[(next + Escape(text[next..]))..];
        }

        buffer.Add(text);
        buffer.Add((byte)'"');
    }

    /// <summary>Begins a list.</summary>
    public void BeginList() => Bracket((byte)'[');

    /// <summary>Ends a list.</summary>
    public void EndList() => Bracket((byte)']');

    /// <summary>Between two elements of a list.</summary>
    public void NextElement() => buffer.Add(_isCsv ? separators.List : (byte)',');

    /// <summary>Between two parts of an element.</summary>
    public void NextPart() => buffer.Add(_isCsv ? separators.Part : (byte)',');

    /// <summary>Begins a dictionary.</summary>
    public void BeginDictionary() => Bracket((byte)'{');

    /// <summary>Ends a dictionary.</summary>
    public void EndDictionary() => Bracket((byte)'}');

    /// <summary>Between a key and its value.</summary>
    public void NextValue() => buffer.Add(_isCsv ? separators.Part : (byte)':');

    private void Bracket(byte value)
    {
        if (!_isCsv)
        {
            buffer.Add(value);
        }
    }

    /// <summary>Writes one character that cannot stand as it is, and gives how many bytes it has.</summary>
    private int Escape(ReadOnlySpan<byte> text)
    {
        if (text[0] is (byte)'"' or (byte)'\\')
        {
            buffer.Add((byte)'\\');
            buffer.Add(text[0]);
            return 1;
        }

        if (isLatin1 || Rune.DecodeFromUtf8(text, out var rune, out var consumed) != OperationStatus.Done)
        {
            Unit(text[0]);
            return 1;
        }

        Span<char> units = stackalloc char[2];
        foreach (var unit in units[..rune.EncodeToUtf16(units)])
        {
            Unit(unit);
        }

        return consumed;
    }

    private void Unit(int value)
    {
        var place = buffer.GetSpan(6);
        "\\u"u8.CopyTo(place);
        for (var digit = 0; digit < 4; digit++)
        {
            place[2 + digit] = HexDigits[(value >> (4 * (3 - digit))) & 0xF];
        }

        buffer.Advance(6);
    }

    /// <summary>A number that was written before.</summary>
    private sealed record WrittenFraction(long Bits, byte[] Text);
}
