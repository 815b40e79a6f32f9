using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.TimePeriods;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Syntax;

/// <summary>Checks one directive's value by its kind: syntax and range.</summary>
internal static class ValueCheck
{
    /// <summary>The longest interval: a hundred years in units of a second.</summary>
    private const double LargestNumber = 3_153_600_000;

    /// <summary>What is wrong with the value and what is allowed; both null when it is right.</summary>
    public static (string? Error, string? Warning) Check(
        ObjectType type, DirectiveSpecification directive, ReadOnlySpan<byte> value) =>
        directive.Kind switch
        {
            DirectiveKind.Boolean => Boolean(value),
            DirectiveKind.Integer => Integer(value, int.MinValue),
            DirectiveKind.NonNegativeInteger => Integer(value, 0),
            DirectiveKind.Unsigned => Unsigned(value),
            DirectiveKind.PositiveInteger => Integer(value, 1),
            DirectiveKind.Number => Number(value, mayBeNegative: false),
            DirectiveKind.AnyNumber => Number(value, mayBeNegative: true),
            DirectiveKind.Percentage => Percentage(value),
            DirectiveKind.Options or DirectiveKind.ReplacedOptions => Options(OptionSet.Of(type, directive.Directive), value),
            DirectiveKind.State => OptionSet.Of(type, directive.Directive).Find(value) is null
                ? ($"'{ShownText.Of(value)}' is not a state; allowed are "
                    + OptionSet.Of(type, directive.Directive).Describe(single: true), null)
                : default,
            DirectiveKind.Coordinates2D => Coordinates(value, stackalloc double[2]),
            DirectiveKind.Coordinates3D => Coordinates(value, stackalloc double[3]),
            DirectiveKind.TimeRanges => Times(value),
            _ => default,
        };

    /// <summary>A number within the bounds that are used: 0 where it is negative, and no more than a hundred years.</summary>
    public static double Bounded(double number) => double.IsNaN(number) ? 0 : Math.Clamp(number, 0, LargestNumber);

    private static (string?, string?) Boolean(ReadOnlySpan<byte> value)
    {
        if (value.Length == 1 && value[0] is (byte)'0' or (byte)'1')
        {
            return default;
        }

        // Naemon looks at the first character only.
        return value.Length > 1 && value[0] is (byte)'0' or (byte)'1'
            ? (null, $"'{ShownText.Of(value)}' is read as {(char)value[0]}; write 0 or 1")
            : ($"'{ShownText.Of(value)}' is neither 0 nor 1", null);
    }

    /// <summary>Words are read as 0, as by <c>atoi</c>.</summary>
    private static (string?, string?) Integer(ReadOnlySpan<byte> value, int least)
    {
        var number = NumberParser.ReadInteger(value, out var complete);
        if (number < least)
        {
            return (complete ? $"{number} is out of range; it must be {least} or more"
                : $"'{ShownText.Of(value)}' is not a whole number, {least} or more", null);
        }

        return (null, complete ? null : $"'{ShownText.Of(value)}' is read as {number}");
    }

    private static (string?, string?) Unsigned(ReadOnlySpan<byte> value)
    {
        var number = NumberParser.ReadUnsigned(value, out var complete);
        return (null, complete ? null : $"'{ShownText.Of(value)}' is read as {number}");
    }

    /// <summary>Words are read as 0, as by <c>strtod</c>.</summary>
    private static (string?, string?) Number(ReadOnlySpan<byte> value, bool mayBeNegative)
    {
        var number = NumberParser.ReadNumber(value, out var complete);
        if (number < 0 && !mayBeNegative)
        {
            return (FormattableString.Invariant($"{number} is out of range; it must be 0 or more"), null);
        }

        var bounded = Bounded(number);
        complete &= bounded == number;
        return (null, complete ? null : FormattableString.Invariant($"'{ShownText.Of(value)}' is read as {bounded}"));
    }

    private static (string?, string?) Percentage(ReadOnlySpan<byte> value)
    {
        var number = NumberParser.ReadNumber(value, out var complete);
        if (number > 100)
        {
            return (null, FormattableString.Invariant($"{number} per cent of changes is never reached"));
        }

        var isPlain = complete && number >= 0;
        return (null, isPlain ? null : FormattableString.Invariant($"'{ShownText.Of(value)}' is read as {Bounded(number)}"));
    }

    private static (string?, string?) Options(OptionSet set, ReadOnlySpan<byte> value)
    {
        set.Parse(value, out var unknown);
        if (unknown is null)
        {
            return default;
        }

        var hint = CommentHint.For(unknown) is { Length: > 0 } comment
            ? comment
            : $"; allowed are {set.Describe(single: false)}";
        return ($"'{unknown}' is not one of the options{hint}", null);
    }

    private static (string?, string?) Coordinates(ReadOnlySpan<byte> value, Span<double> numbers)
    {
        if (!NumberParser.TryNumbers(value, numbers, out var complete))
        {
            return ($"'{ShownText.Of(value)}' is not {numbers.Length} numbers separated by commas", null);
        }

        return (null, complete
            ? null
            : $"'{ShownText.Of(value)}' is more or other than {numbers.Length} numbers; "
                + "words are read as 0, and the rest does not count");
    }

    private static (string?, string?) Times(ReadOnlySpan<byte> value)
    {
        _ = TimeRangeParser.Parse(ConfigurationText.Decode(value), out var error, out var warning);
        return (error, warning);
    }
}
