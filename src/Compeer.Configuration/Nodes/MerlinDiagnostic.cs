namespace Compeer.Configuration.Nodes;

/// <summary>One finding about merlin.conf: a value, never an exception.</summary>
/// <param name="Severity">Whether it refuses the file.</param>
/// <param name="File">The file's name as it was given to the reader.</param>
/// <param name="Line">The line, counted from 1; 0 when the whole file is meant.</param>
/// <param name="Message">What is wrong and what would be right; one line without a place in it.</param>
public sealed record MerlinDiagnostic(MerlinDiagnosticSeverity Severity, string File, int Line, string Message)
{
    /// <summary>The line shown to people: <c>Error: file:line: message</c>.</summary>
    public override string ToString() => Line == 0 ? $"{Severity}: {File}: {Message}" : $"{Severity}: {File}:{Line}: {Message}";
}
