using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Compeer.Configuration.Objects.Interning;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Templates;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Building;

/// <summary>One instance of a settings record for each distinct combination of the values it is made of.</summary>
internal sealed class SettingsCache<T>(Directive[] directives)
    where T : class
{
    private readonly TupleTable _combinations = new(directives.Length);
    private readonly List<(T? Settings, bool IsComplete)> _settings = [];
    private int _asked;

    /// <summary>The settings for these values. False when they are to be made and given to <see cref="Keep"/>: the first
    /// time, and again for each object when they refer to something in vain, so that it is reported for each.</summary>
    public bool TryGet(ResolvedObject values, [NotNullWhen(true)] out T? settings)
    {
        Span<Atom> tuple = stackalloc Atom[directives.Length];
        values.Gather(directives, tuple);
        _asked = _combinations.Intern(MemoryMarshal.Cast<Atom, int>(tuple), out var isNew);
        if (isNew)
        {
            _settings.Add((null, false));
        }

        settings = _settings[_asked].Settings;
        return _settings[_asked].IsComplete && settings is not null;
    }

    /// <summary>Keeps the settings for the values last asked for.</summary>
    public T Keep(T settings, bool isComplete)
    {
        _settings[_asked] = (_settings[_asked].Settings ?? settings, isComplete);
        return _settings[_asked].Settings!;
    }
}
