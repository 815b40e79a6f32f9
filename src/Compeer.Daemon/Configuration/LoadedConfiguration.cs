using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Daemon.Configuration;

/// <summary>A configuration as it was read from disk; <see cref="Hash"/> tells its object files from others.
/// <see cref="Main"/> and <see cref="Objects"/> are null when a
/// finding is an error.</summary>
internal sealed record LoadedConfiguration(
    MainConfiguration? Main,
    ObjectConfiguration? Objects,
    string Hash,
    ImmutableArray<string> ObjectFiles,
    ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Findings of the object files beyond those in <see cref="Diagnostics"/>, which holds of very many only the
    /// first and one that says so.</summary>
    public (int Errors, int Warnings) Further { get; init; }

    public int Errors => Count(DiagnosticSeverity.Error) + Further.Errors;

    public int Warnings => Count(DiagnosticSeverity.Warning) + Further.Warnings;

    private int Count(DiagnosticSeverity severity) => Diagnostics.Count(finding => finding.Severity == severity);
}
