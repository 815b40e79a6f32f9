using System.Collections.Immutable;
using Compeer.Cluster;
using Compeer.Objects;
using Compeer.Objects.Diagnostics;

namespace Compeer.Daemon.Hosting;

/// <summary>A configuration as it was read from disk. <see cref="Main"/> and <see cref="Objects"/> are null when a
/// finding is an error.</summary>
internal sealed record LoadedConfiguration(
    MainConfiguration? Main,
    ObjectConfiguration? Objects,
    ConfigurationVersion Version,
    ImmutableArray<string> ObjectFiles,
    ImmutableArray<Diagnostic> Diagnostics)
{
    public int Errors => Diagnostics.Count(finding => finding.Severity == DiagnosticSeverity.Error);

    public int Warnings => Diagnostics.Count(finding => finding.Severity == DiagnosticSeverity.Warning);
}
