namespace Compeer.Configuration.Nodes;

/// <summary>How bad a finding about merlin.conf is.</summary>
public enum MerlinDiagnosticSeverity
{
    /// <summary>The file is used; its author should look.</summary>
    Warning = 1,

    /// <summary>The file is refused.</summary>
    Error = 2,
}
