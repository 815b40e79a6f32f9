using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>What follows from a command: every node is to have this value of a setting.</summary>
/// <param name="Id">The host or service; null for a contact or the program.</param>
/// <param name="Setting">The number of an <see cref="OperatorSetting"/>, a <see cref="ContactSetting"/> or a
/// <see cref="ProgramSetting"/>.</param>
/// <param name="Value">Its value; null when the configuration's holds again.</param>
public readonly record struct SettingChange(CheckableId? Id, uint Setting, SettingValue? Value)
{
    /// <summary>The name of the contact; null when it is about no contact.</summary>
    public string? Contact { get; init; }
}
