using System.Collections.Immutable;
using System.Globalization;
using Compeer.Objects.Diagnostics;

namespace Compeer.Objects.Main;

/// <summary>The variables of the main configuration as they are met, checked; typed reading of them afterwards.</summary>
internal sealed class MainSettings(DiagnosticCollector diagnostics)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);
    private readonly List<string> _withoutEffect = [];

    /// <summary>Variables that are set and have no effect, in the order met.</summary>
    public ImmutableArray<string> WithoutEffect => [.. _withoutEffect];

    /// <summary>All values by the variables' first names; of repeatable variables the last.</summary>
    public ImmutableDictionary<string, string> Values => _values.ToImmutableDictionary(StringComparer.Ordinal);

    public void Set(SourcePosition position, MainVariable variable, string value)
    {
        if (Problem(variable, value) is { } problem)
        {
            diagnostics.Error(position, $"{variable.Name}: {problem}");
            return;
        }

        if (variable.Kind == MainVariableKind.Obsolete)
        {
            diagnostics.Warning(position, $"{variable.Name} is obsolete and has no effect");
            return;
        }

        if (variable.Kind == MainVariableKind.Boolean && value is not ("0" or "1"))
        {
            diagnostics.Warning(position, $"{variable.Name}: '{value}' is read as {(IsTrue(value) ? 1 : 0)}; write 0 or 1");
        }

        _values[variable.Name] = value;
        if (variable.IsRepeatable)
        {
            List(variable.Name).Add(value);
        }

        if (!variable.HasEffect && !_withoutEffect.Contains(variable.Name))
        {
            _withoutEffect.Add(variable.Name);
        }
    }

    public List<string> List(string name)
    {
        if (!_lists.TryGetValue(name, out List<string>? list))
        {
            list = [];
            _lists[name] = list;
        }

        return list;
    }

    /// <summary>The text, null when not set or empty.</summary>
    public string? Text(string name) =>
        _values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    public bool Boolean(string name, bool fallback) =>
        _values.TryGetValue(name, out string? value) ? IsTrue(value) : fallback;

    public int Integer(string name, int fallback) =>
        _values.TryGetValue(name, out string? value) ? int.Parse(value, CultureInfo.InvariantCulture) : fallback;

    public double Number(string name, double fallback) =>
        _values.TryGetValue(name, out string? value) ? double.Parse(value, CultureInfo.InvariantCulture) : fallback;

    public TimeSpan Seconds(string name, int fallback) => TimeSpan.FromSeconds(Integer(name, fallback));

    private static bool IsTrue(string value) =>
        int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number > 0;

    private static string? Problem(MainVariable variable, string value) => variable.Kind switch
    {
        MainVariableKind.Boolean => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
            ? null
            : $"'{value}' is neither 0 nor 1",
        MainVariableKind.Integer => IntegerProblem(value, int.MinValue),
        MainVariableKind.NonNegativeInteger => IntegerProblem(value, 0),
        MainVariableKind.PositiveInteger => IntegerProblem(value, 1),
        MainVariableKind.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number is >= 0 and <= 1_000_000
                ? null
                : $"'{value}' is not a number from 0 to 1000000",
        MainVariableKind.Choice => variable.Choices.Contains(value)
            ? null
            : $"'{value}' is not allowed; write one of {string.Join(", ", variable.Choices)}",
        MainVariableKind.Path => value.Length == 0 ? "is empty" : null,
        _ => null,
    };

    private static string? IntegerProblem(string value, int least)
    {
        if (!int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number))
        {
            return $"'{value}' is not a whole number";
        }

        return number < least ? $"{number} is out of range; it must be {least} or more" : null;
    }
}
