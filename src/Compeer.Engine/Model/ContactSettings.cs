using System.Collections.Immutable;

namespace Compeer.Engine.Model;

/// <summary>What operators changed of one contact: only what differs from its definition stands here. Immutable.</summary>
public sealed record ContactSettings
{
    /// <summary>Nothing was changed.</summary>
    public static readonly ContactSettings None = new();

    /// <summary>The changed settings, each with its value.</summary>
    public ImmutableSortedDictionary<ContactSetting, SettingValue> Values { get; init; } =
        ImmutableSortedDictionary<ContactSetting, SettingValue>.Empty;

    /// <summary>The value of a setting; null when it is the definition's.</summary>
    public SettingValue? this[ContactSetting setting] =>
        Values.TryGetValue(setting, out var value) ? value : (SettingValue?)null;

    /// <summary>The same with another value of one setting; null for the definition's.</summary>
    public ContactSettings With(ContactSetting setting, SettingValue? value) => value is { } changed
        ? new ContactSettings { Values = Values.SetItem(setting, changed) }
        : new ContactSettings { Values = Values.Remove(setting) };
}
