namespace Compeer.Configuration.Nodes;

/// <summary>A key with its value as it stands in merlin.conf.</summary>
/// <param name="Key">The key as written; keys are compared without regard to case.</param>
/// <param name="Value">The value without surrounding blanks.</param>
/// <param name="Line">Its line, from 1.</param>
public readonly record struct MerlinSetting(string Key, string Value, int Line);
