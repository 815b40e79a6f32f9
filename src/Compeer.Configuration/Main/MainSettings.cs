using System.Collections.Immutable;
using System.Globalization;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Main;

/// <summary>The variables of the main configuration as they are met, checked; typed reading of them afterwards.</summary>
internal sealed class MainSettings(DiagnosticCollector diagnostics)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourcePosition> _positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourcePosition> _pathPositions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);
    private readonly List<string> _withoutEffect = [];

    /// <summary>Variables that are set and have no effect, in the order met.</summary>
    public ImmutableArray<string> WithoutEffect => [.. _withoutEffect];

    /// <summary>All values by the variables' first names; of repeatable variables the last.</summary>
    public ImmutableDictionary<string, string> Values => _values.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Where the variables were set last.</summary>
    public ImmutableDictionary<string, SourcePosition> Positions => _positions.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Where the paths of repeatable variables, which are those of files to be read, are first named.</summary>
    public ImmutableDictionary<string, SourcePosition> PathPositions =>
        _pathPositions.ToImmutableDictionary(StringComparer.Ordinal);

    public void Set(SourcePosition position, MainVariable variable, string text)
    {
        if (variable.Kind == MainVariableKind.Obsolete)
        {
            diagnostics.Warning(position, $"{variable.Name} is obsolete and has no effect");
            return;
        }

        (var value, var finding) = MainValue.Read(variable, text);
        if (value is null)
        {
            diagnostics.Error(position, $"{variable.Name}: {finding}");
            return;
        }

        if (finding is not null)
        {
            diagnostics.Warning(position, $"{variable.Name}: {finding}");
        }

        _values[variable.Name] = value;
        _positions[variable.Name] = position;
        if (variable.IsRepeatable)
        {
            List(variable.Name).Add(value);
            if (variable.Kind == MainVariableKind.Path)
            {
                _pathPositions.TryAdd(value, position);
            }
        }

        if (!variable.HasEffect && !_withoutEffect.Contains(variable.Name))
        {
            _withoutEffect.Add(variable.Name);
        }
    }

    public List<string> List(string name)
    {
        if (!_lists.TryGetValue(name, out var list))
        {
            list = [];
            _lists[name] = list;
        }

        return list;
    }

    /// <summary>Where a variable was set last; null when it was not.</summary>
    public SourcePosition? PositionOf(string name) => _positions.TryGetValue(name, out var position) ? position : null;

    /// <summary>The text, null when not set or empty.</summary>
    public string? Text(string name) =>
        _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public bool Boolean(string name, bool fallback) =>
        _values.TryGetValue(name, out var value) ? value == "1" : fallback;

    public int Integer(string name, int fallback) =>
        _values.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : fallback;

    public double Number(string name, double fallback) =>
        _values.TryGetValue(name, out var value) ? double.Parse(value, CultureInfo.InvariantCulture) : fallback;

    /// <summary>Seconds of a <see cref="MainVariableKind.Unsigned"/> variable.</summary>
    public TimeSpan UnsignedSeconds(string name, uint fallback) => TimeSpan.FromSeconds(
        ulong.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? Math.Min(value, uint.MaxValue)
            : fallback);

    /// <summary>Bits of a <see cref="MainVariableKind.Unsigned"/> variable; none when it is not set.</summary>
    public uint Mask(string name) => ulong.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? unchecked((uint)value)
        : 0;

    public TimeSpan Seconds(string name, int fallback) => TimeSpan.FromSeconds(Integer(name, fallback));
}
