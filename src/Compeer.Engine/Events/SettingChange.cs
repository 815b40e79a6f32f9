using Compeer.Engine.Model;

namespace Compeer.Engine.Events;

/// <summary>What follows from a command: every node is to have this value of a setting.</summary>
/// <param name="Id">The host or service; null for the program.</param>
/// <param name="Setting">The number of an <see cref="OperatorSetting"/>, or of a <see cref="ProgramSetting"/>.</param>
/// <param name="Value">Its value.</param>
public readonly record struct SettingChange(CheckableId? Id, uint Setting, SettingValue Value);
