namespace Compeer.Configuration.Nodes.Syntax;

/// <summary>A statement of merlin.conf: <c>key = value</c>, <c>key value</c> or <c>key</c>.</summary>
/// <param name="Key">The key as written; never empty.</param>
/// <param name="Value">The value without surrounding blanks; null when there is none.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Start">Offset of the first letter.</param>
/// <param name="End">Offset after the last one.</param>
internal readonly record struct MerlinStatement(string Key, string? Value, int Line, int Start, int End);
