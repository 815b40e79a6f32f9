namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>A script has a line that means nothing.</summary>
public sealed class ScriptException(string message) : Exception(message);
