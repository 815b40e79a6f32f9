namespace Compeer.Api;

/// <summary>A finding about a configuration file.</summary>
/// <param name="Severity"><c>warning</c> or <c>error</c>.</param>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1; 0 when the whole file is meant.</param>
/// <param name="Message">What is wrong and what would be right; one line.</param>
public sealed record ApiDiagnostic(string Severity, string File, int Line, string Message)
{
    /// <summary>One line for people, as <c>mond --verify</c> prints it.</summary>
    public override string ToString()
    {
        var severity = Severity == "error" ? "Error" : "Warning";
        return Line == 0 ? $"{severity}: {File}: {Message}" : $"{severity}: {File}:{Line}: {Message}";
    }
}
