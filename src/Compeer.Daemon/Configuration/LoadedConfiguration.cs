using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Configuration.Versions;

namespace Compeer.Daemon.Configuration;

/// <summary>A configuration as it was read. <see cref="Main"/> and <see cref="Objects"/> are null when a finding is an
/// error.</summary>
internal sealed record LoadedConfiguration(
    MainConfiguration? Main,
    ObjectConfiguration? Objects,
    ImmutableArray<SourceFile> ObjectFiles,
    ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>What it consists of, for other nodes and to keep it; null when there is no main configuration.</summary>
    public ConfigurationManifest? Manifest { get; init; }

    /// <summary>The folder of its main configuration.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Tells it from others; empty without <see cref="Manifest"/>.</summary>
    public string Hash => Manifest?.Hash ?? "";

    /// <summary>Findings of the object files beyond those in <see cref="Diagnostics"/>, which holds of very many only the
    /// first and one that says so.</summary>
    public (int Errors, int Warnings) Further { get; init; }

    public int Errors => Count(DiagnosticSeverity.Error) + Further.Errors;

    public int Warnings => Count(DiagnosticSeverity.Warning) + Further.Warnings;

    private int Count(DiagnosticSeverity severity) => Diagnostics.Count(finding => finding.Severity == severity);
}
