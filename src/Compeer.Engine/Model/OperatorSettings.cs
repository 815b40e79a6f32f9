using System.Collections.Immutable;

namespace Compeer.Engine.Model;

/// <summary>What operators changed of one host or service: only what differs from its definition stands here. Immutable; objects
/// that nobody changed share <see cref="None"/>.</summary>
public sealed record OperatorSettings
{
    /// <summary>Nothing was changed.</summary>
    public static readonly OperatorSettings None = new();

    /// <summary>The changed settings, each with its value.</summary>
    public ImmutableSortedDictionary<OperatorSetting, SettingValue> Values { get; init; } =
        ImmutableSortedDictionary<OperatorSetting, SettingValue>.Empty;

    /// <summary>The value of a setting; null when it is the definition's.</summary>
    public SettingValue? this[OperatorSetting setting] =>
        Values.TryGetValue(setting, out var value) ? value : (SettingValue?)null;

    /// <summary>The same with another value of one setting; null for the definition's.</summary>
    public OperatorSettings With(OperatorSetting setting, SettingValue? value) => value is { } changed
        ? new OperatorSettings { Values = Values.SetItem(setting, changed) }
        : Values.Count == 1 && Values.ContainsKey(setting) ? None : new OperatorSettings { Values = Values.Remove(setting) };
}
