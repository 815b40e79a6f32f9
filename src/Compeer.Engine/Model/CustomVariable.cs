using System.Collections.Immutable;
using Variable = System.Collections.Generic.KeyValuePair<string, string>;

namespace Compeer.Engine.Model;

/// <summary>Custom variables that operators changed: each is a setting of its own, whose number comes of its name, so that two changes at
/// once, of two variables, both stay. Its value has the name before it.</summary>
internal static class CustomVariable
{
    private const uint First = 0x4000_0000;
    private const uint OffsetBasis = 2_166_136_261;
    private const uint Prime = 16_777_619;

    /// <summary>Whether a setting is a custom variable.</summary>
    public static bool Is(OperatorSetting setting) => Is((uint)setting);

    /// <summary>The same of a contact's.</summary>
    public static bool Is(ContactSetting setting) => Is((uint)setting);

    /// <summary>The setting of a variable of a host or service.</summary>
    public static OperatorSetting SettingOf(string name) => (OperatorSetting)NumberOf(name);

    /// <summary>The setting of a variable of a contact.</summary>
    public static ContactSetting ContactSettingOf(string name) => (ContactSetting)NumberOf(name);

    /// <summary>The value of the setting.</summary>
    public static SettingValue Of(string name, string value) => SettingValue.Of($"{name}={value}");

    /// <summary>The variable of this name among those of a definition, which are in upper case and without their underscore; null when
    /// there is none.</summary>
    public static string? Find(ImmutableArray<Variable> variables, string name)
    {
        var upper = name.ToUpperInvariant();
        return variables.Any(one => one.Key == upper) ? upper
            : upper.StartsWith('_') && variables.Any(one => one.Key == upper[1..]) ? upper[1..]
            : null;
    }

    /// <summary>The variables of a definition as operators changed them.</summary>
    /// <param name="configured">Those of the definition.</param>
    /// <param name="changed">The settings that were changed, each with its number.</param>
    public static ImmutableArray<Variable> Over(ImmutableArray<Variable> configured, IEnumerable<(uint Number, SettingValue Value)> changed)
    {
        var values = changed.Where(one => Is(one.Number)).ToDictionary(one => one.Number, one => one.Value.Text);
        return values.Count == 0 ? configured :
        [
            .. configured.Select(one =>
                values.GetValueOrDefault(NumberOf(one.Key)) is { } text && text.StartsWith($"{one.Key}=", StringComparison.Ordinal)
                    ? new Variable(one.Key, text[(one.Key.Length + 1)..])
                    : one),
        ];
    }

    private static bool Is(uint number) => number >= First;

    /// <summary>FNV-1a of the name, which other nodes reckon too.</summary>
    private static uint NumberOf(string name)
    {
        var hash = OffsetBasis;
        foreach (var character in name)
        {
            hash = unchecked((hash ^ character) * Prime);
        }

        return First | (hash & (First - 1));
    }
}
