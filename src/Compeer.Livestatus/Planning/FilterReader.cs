using Compeer.Livestatus.Filters;
using Compeer.Livestatus.Syntax;
using Compeer.Livestatus.Tables;

namespace Compeer.Livestatus.Planning;

/// <summary>Reads the value of a header that is a filter: a column, an operator and what to compare with.</summary>
internal static class FilterReader
{
    /// <summary>Reads it; null with what is wrong.</summary>
    public static Filter? Read(string header, string text, Table table, out string? error)
    {
        (var column, var rest) = HeaderLine.Next(text);
        (var word, var value) = HeaderLine.Next(rest);
        if (column.Length == 0 || word.Length == 0)
        {
            error = $"{header}: needs a column, an operator and a value";
            return null;
        }

        if (FilterOperator.Parse(word) is not { } how)
        {
            error = $"{header}: '{word}' is no operator; allowed are {FilterOperator.Allowed}";
            return null;
        }

        var filter = FilterFactory.Create(table.Column(column), how, value, out var problem);
        error = filter is null ? $"{header}: {problem}" : null;
        return filter;
    }
}
