namespace Compeer.Configuration.Diagnostics;

/// <summary>How bad a finding is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The configuration is used; its author should look.</summary>
    Warning = 1,

    /// <summary>The configuration is refused.</summary>
    Error = 2,
}
