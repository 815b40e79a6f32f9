using System.Globalization;
using Compeer.Livestatus.Columns;

namespace Compeer.Livestatus.Filters;

/// <summary>Makes the filter of a column, an operator and a value.</summary>
internal static class FilterFactory
{
    private const string ForLists = "a list is compared with >= (contains), < (does not contain), ~, ~~, =~ (an element is so), "
        + "or with = and != and no value (is empty, is not)";

    /// <summary>Makes it; null with what is wrong.</summary>
    public static Filter? Create(Column column, FilterOperator how, string value, out string error)
    {
        error = "";
        return column switch
        {
            NumberColumn number => OfNumber(number, how, value, ref error),
            PreciseTimeColumn time => OfTime(time, how, value, ref error),
            FractionColumn fraction => OfFraction(fraction, how, value, ref error),
            TextColumn text => TextComparison.Create(how, value, out error) is { } comparison
                ? new TextFilter(text, comparison)
                : null,
            ListColumn list => OfList(list, how, value, ref error),
            DictionaryColumn dictionary => OfDictionary(dictionary, how, value, ref error),
            AttributesColumn attributes => OfAttributes(attributes, how, value, ref error),
            MissingColumn => new MissingFilter(how.IsNegated),
            _ => throw new ArgumentOutOfRangeException(nameof(column), column, "no such kind of column"),
        };
    }

    private static NumberFilter? OfNumber(NumberColumn column, FilterOperator how, string value, ref string error)
    {
        if (!IsForNumbers(column, how, ref error) || Number(column, value, ref error) is not { } number)
        {
            return null;
        }

        // C's atoi, which clients rely on: what is behind the point does not count.
        return new NumberFilter(column, how, (long)Math.Clamp(Math.Truncate(number), long.MinValue, long.MaxValue));
    }

    private static FractionFilter? OfFraction(FractionColumn column, FilterOperator how, string value, ref string error) =>
        IsForNumbers(column, how, ref error) && Number(column, value, ref error) is { } number
            ? new FractionFilter(column, how, number)
            : null;

    private static PreciseTimeFilter? OfTime(PreciseTimeColumn column, FilterOperator how, string value, ref string error) =>
        IsForNumbers(column, how, ref error) && Number(column, value, ref error) is { } seconds
            ? new PreciseTimeFilter(column, how, (long)Math.Clamp(Math.Round(seconds * 1e6), long.MinValue, long.MaxValue))
            : null;

    private static ListFilter? OfList(ListColumn column, FilterOperator how, string value, ref string error)
    {
        if (how.Comparison == Comparison.Greater || (how.Comparison == Comparison.Equal && value.Length > 0))
        {
            error = $"operator '{how.Text}' with value '{value}' cannot be used with column '{column.Name}': {ForLists}";
            return null;
        }

        // Whether the list contains an element; that the operator is negated is the list's matter.
        var isMembership = how.Comparison is Comparison.Less or Comparison.Equal;
        var element = new FilterOperator(isMembership ? Comparison.Equal : how.Comparison, IsNegated: false, how.Text);
        return TextComparison.Create(element, value, out error) is { } comparison ? new ListFilter(column, how, comparison) : null;
    }

    private static DictionaryFilter? OfDictionary(DictionaryColumn column, FilterOperator how, string value, ref string error)
    {
        var end = value.AsSpan().IndexOfAny(' ', '\t');
        var key = end < 0 ? value : value[..end];
        if (key.Length == 0)
        {
            error = $"column '{column.Name}' is compared with a name and a value, for example: {column.Name} {how.Text} RACK 12";
            return null;
        }

        var reference = end < 0 ? "" : value[end..].TrimStart();
        return TextComparison.Create(how, reference, out error) is { } comparison
            ? new DictionaryFilter(column, key, comparison)
            : null;
    }

    private static AttributesFilter? OfAttributes(AttributesColumn column, FilterOperator how, string value, ref string error)
    {
        if (how.Comparison == Comparison.EqualIgnoringCase)
        {
            error = $"operator '{how.Text}' cannot be used with column '{column.Name}': only =, ~ (all of these), ~~ (one of these), <, > "
                + "and their opposites can";
            return null;
        }

        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            return new AttributesFilter(column, how, bits);
        }

        if (AttributesColumn.Parse(value, out var unknown) is { } named)
        {
            return new AttributesFilter(column, how, named);
        }

        error = $"'{unknown}' is no attribute that can be modified";
        return null;
    }

    private static bool IsForNumbers(Column column, FilterOperator how, ref string error)
    {
        if (how.Comparison is Comparison.Equal or Comparison.Less or Comparison.Greater)
        {
            return true;
        }

        error = $"operator '{how.Text}' cannot be used with column '{column.Name}', which is a number: only =, <, >, <=, >= and their "
            + "opposites can";
        return false;
    }

    private static double? Number(Column column, string value, ref string error)
    {
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        error = $"column '{column.Name}' is a number, and '{value}' is none";
        return null;
    }
}
