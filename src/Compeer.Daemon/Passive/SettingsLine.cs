using System.Text;

namespace Compeer.Daemon.Passive;

/// <summary>A line <c>name=value</c> of a settings file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Name">Without blanks around it.</param>
/// <param name="Raw">The value as it is written: a password may begin or end with a blank.</param>
internal readonly record struct SettingsLine(int Number, string Name, string Raw)
{
    /// <summary>The value without blanks around it.</summary>
    public string Value => Raw.Trim();

    /// <summary>The same as text: files are read byte by byte, so that a password is what it is.</summary>
    public string Text => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Value));
}
