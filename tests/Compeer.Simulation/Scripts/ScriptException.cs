namespace Compeer.Simulation.Scripts;

/// <summary>A script that cannot be run as it stands.</summary>
internal sealed class ScriptException(string message) : Exception(message);
