using System.Collections.Immutable;

namespace Compeer.Configuration.Nodes;

/// <summary>What came of reading merlin.conf.</summary>
/// <param name="Configuration">The configuration; null when a diagnostic is an error.</param>
/// <param name="Diagnostics">All findings, in the order of lines.</param>
public sealed record MerlinConfigurationResult(
    MerlinConfiguration? Configuration,
    ImmutableArray<MerlinDiagnostic> Diagnostics);
