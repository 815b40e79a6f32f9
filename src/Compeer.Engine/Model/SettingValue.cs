namespace Compeer.Engine.Model;

/// <summary>The value of one setting: a number (a switch is 0 or 1, a time is in ticks) or a text (a name, a command line).</summary>
/// <param name="Number">The number; 0 for a text.</param>
/// <param name="Text">The text; null for a number.</param>
public readonly record struct SettingValue(long Number, string? Text)
{
    /// <summary>Longest text, characters.</summary>
    public const int LongestText = 8192;

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn => Number != 0;

    /// <summary>A number.</summary>
    public static SettingValue Of(long number) => new(number, null);

    /// <summary>A switch.</summary>
    public static SettingValue Of(bool isOn) => new(isOn ? 1 : 0, null);

    /// <summary>A time.</summary>
    public static SettingValue Of(TimeSpan time) => new(time.Ticks, null);

    /// <summary>A text.</summary>
    public static SettingValue Of(string text) => new(0, text);
}
