namespace Compeer.EndToEnd.Harness;

/// <summary>One run of the traced plugin.</summary>
/// <param name="StartedAt">Since 1970.</param>
/// <param name="Node">Name of the node that ran it.</param>
/// <param name="Object">See <see cref="ObjectName"/>.</param>
internal sealed record PluginRun(TimeSpan StartedAt, string Node, string Object);
