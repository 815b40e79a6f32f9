namespace Compeer.Configuration.Diagnostics;

/// <summary>One finding about a configuration: a value, never an exception.</summary>
/// <param name="Severity">Whether it refuses the configuration.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Message">What is wrong and what would be right, one line without a place in it.</param>
public sealed record Diagnostic(DiagnosticSeverity Severity, SourcePosition Position, string Message)
{
    /// <summary>The line shown to people: <c>Error: file:line: message</c>.</summary>
    public override string ToString() => $"{Severity}: {Position}: {Message}";
}
